package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

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
            return switch (JournalLock.ask(folder, deployment + ".lock", new Opening.Held(author, clock.instant()))) {
                case JournalLock.Answer.Refused(Opening.Held holder) -> holder;
                case JournalLock.Answer.Taken(JournalLock lock) -> opened(deployment, lock);
            };
        } catch (IOException e) {
            throw unusable(deployment, e);
        }
    }

    private Opening opened(DeploymentName deployment, JournalLock lock) throws IOException {
        try {
            return new Opening.Opened(FileJournal.open(file(deployment), lock));
        } catch (Throwable e) {
            lock.close();
            throw e;
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
