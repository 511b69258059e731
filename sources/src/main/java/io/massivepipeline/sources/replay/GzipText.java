package io.massivepipeline.sources.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip of one or several members. Where the JDK takes whatever follows a member for the end
 * of the stream, this one says that it is no gzip.
 */
final class GzipText extends GZIPInputStream {

    private static final int MAGIC = GZIPInputStream.GZIP_MAGIC;
    private static final int TRAILER = 8;
    private static final int BUFFER = 1 << 16;

    private GzipText(InputStream in) throws IOException {
        super(in, BUFFER);
    }

    /** The content of a file: unpacked if it is packed, whatever its name says. */
    static InputStream open(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, 2);
        byte[] head = in.readNBytes(2);
        in.unread(head);
        boolean packed = head.length == 2 && ((head[0] & 0xFF) | (head[1] & 0xFF) << 8) == MAGIC;
        return packed ? new GzipText(in) : in;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count < 0 && (inf.getRemaining() > TRAILER || in.available() > 0)) {
            throw new ZipException("what follows a member is no gzip");
        }
        return count;
    }
}
