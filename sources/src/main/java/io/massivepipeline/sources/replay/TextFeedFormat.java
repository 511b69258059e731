package io.massivepipeline.sources.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The text form of {@link io.massivepipeline.sources.feed.FeedText}: a file, plain or gzip, or a
 * folder of such files in the order of their names.
 */
final class TextFeedFormat implements FeedFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public List<Path> segments(Path feed) {
        if (!Files.exists(feed)) {
            throw new FeedException("There is no feed " + feed);
        }
        if (!Files.isDirectory(feed)) {
            if (isEmpty(feed)) {
                throw new FeedException("The feed " + feed + " is empty");
            }
            return List.of(feed);
        }
        List<Path> segments = files(feed);
        if (segments.isEmpty()) {
            throw new FeedException("The folder " + feed + " has no segments of a feed");
        }
        if (segments.stream().allMatch(TextFeedFormat::isEmpty)) {
            throw new FeedException("All segments in the folder " + feed + " are empty");
        }
        return segments;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
    }

    /** Opens it too, so that what cannot be read is found out here and not in the running job. */
    private static boolean isEmpty(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new FeedException("The feed " + file + " is neither a file nor a folder");
        }
        try (TextSegmentReader reader = new TextSegmentReader(file, 0, 0)) {
            return reader.isEmpty();
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static FeedException unreadable(Path path, IOException cause) {
        return new FeedException("The feed " + path + " cannot be read: " + cause, cause);
    }

    @Override
    public SegmentReader open(Path segment, long offset, long position) throws IOException {
        return new TextSegmentReader(segment, offset, position);
    }
}
