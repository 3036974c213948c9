package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A journal that is open, and locked for as long as it is. */
final class FileJournal implements Journal {
    /** A journal is written anew when it is opened with more than so many entries for each resource that is owned. */
    private static final int WORTH_COMPACTING = 8;

    private static final int SMALL = 1_000;

    private final Path file;
    private final JournalLock lock;
    private final DurableAppender appender;
    private final Ledger ledger;

    private FileJournal(Path file, JournalLock lock, DurableAppender appender, Ledger ledger) {
        this.file = file;
        this.lock = lock;
        this.appender = appender;
        this.ledger = ledger;
    }

    static FileJournal open(Path file, JournalLock lock) throws IOException {
        JournalFile read = JournalFile.read(file);
        int owned = read.ledger().all().size();
        if (read.length() == 0) {
            begin(file, new Ledger());
        } else if (read.entries() > SMALL && read.entries() > owned * WORTH_COMPACTING) {
            begin(file, read.ledger());
        } else {
            cut(file, read.length());
        }
        return new FileJournal(file, lock, new DurableAppender(file), read.ledger());
    }

    /** Writes a journal of just what is owned beside the old one, and lets it take its place. */
    private static void begin(Path file, Ledger ledger) throws IOException {
        StringBuilder text = new StringBuilder(JournalFile.HEADER);
        ledger.all().forEach((id, owned) -> {
            text.append(EntryForm.write(new JournalEntry.Began(id, owned.physical(), owned.after())));
            if (owned.settled() == Ledger.Settled.YES) {
                text.append(EntryForm.write(new JournalEntry.Done(id)));
            }
        });
        DurableFile.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > length) {
                channel.truncate(length);
                channel.force(true);
            }
        }
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void append(JournalEntry entry) {
        try {
            appender.append(EntryForm.write(entry));
        } catch (IOException e) {
            throw new JournalException(new Cause(
                    "the journal cannot be written, so nothing more is done: " + e.getMessage(),
                    file.toString(),
                    "make room on the disk (`df -h`), then apply again: it goes on from here"));
        }
    }

    @Override
    public void close() {
        try (lock) {
            appender.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
