package io.massivepipeline.sources.live.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The folder of a journal is in use, by this process or another. */
public final class JournalLockedException extends IOException {

    private static final long serialVersionUID = 1L;

    JournalLockedException(Path folder) {
        super("The journal folder " + folder + " is in use by another job; give each its own");
    }
}
