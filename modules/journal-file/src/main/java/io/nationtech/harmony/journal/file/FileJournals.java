package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.Author;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Ledger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Journals in a folder, {@code <deployment>.journal}. The lock is the kernel's on {@code <deployment>.lock}: it ends with its
 * process, so a crash leaves none behind.
 */
public final class FileJournals implements Journals {
    private final Path folder;
    private final InstantSource clock;

    /**
     * @param folder made when it is missing
     */
    public FileJournals(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Opening open(DeploymentName deployment, Author author) {
        try {
            Files.createDirectories(folder);
            Path lockFile = folder.resolve(deployment + ".lock");
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isEmpty()) {
                channel.close();
                return held(lockFile);
            }
            try {
                Files.writeString(lockFile, "%s %s%n".formatted(author, clock.instant()));
                return new Opening.Opened(FileJournal.open(file(deployment), channel));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(deployment, e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private Opening held(Path lockFile) throws IOException {
        String[] words = Files.readString(lockFile).strip().split(" ", -1);
        try {
            return new Opening.Held(Author.of(words[0]), Instant.parse(words[words.length - 1]));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            // The holder has locked the file and not yet written who it is.
            return new Opening.Held(Author.of("somebody"), clock.instant());
        }
    }

    @Override
    public Ledger read(DeploymentName deployment) {
        try {
            return JournalFile.read(file(deployment)).ledger();
        } catch (IOException e) {
            throw unusable(deployment, e);
        }
    }

    private Path file(DeploymentName deployment) {
        return folder.resolve(deployment + ".journal");
    }

    private JournalException unusable(DeploymentName deployment, IOException e) {
        return new JournalException(new Cause(
                "the journal of deployment '%s' cannot be used: %s".formatted(deployment, e.getMessage()),
                file(deployment).toString(),
                "make room on the disk, or see to the folder's permissions; then try again"));
    }
}
