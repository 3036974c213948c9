package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry.Began;
import io.nationtech.harmony.graph.JournalEntry.Done;
import io.nationtech.harmony.graph.Journals.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that opens one journal again and again, and has a file there for as long as it has the journal open. It prints a line
 * for each time that it was told that another has it, and for each turn.
 */
final class Contender {
    static final DeploymentName DEPLOYMENT = DeploymentName.of("contested");
    static final Instant SINCE = Instant.parse("2026-11-25T12:00:00Z");
    static final String MARKER = "somebody-is-at-it";
    private static final Duration PAUSE = Duration.ofMillis(1);

    private Contender() {}

    /** Folder, author, and how many turns; the last of them does not end. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Author author = Author.of(arguments[1]);
        int left = Integer.parseInt(arguments[2]);
        while (left > 0) {
            switch (new FileJournals(folder, InstantSource.fixed(SINCE)).open(DEPLOYMENT, author)) {
                case Opening.Held(var by, var since) -> System.out.printf("held %s %s%n", by, since);
                case Opening.Opened(Journal journal) -> {
                    left--;
                    takeTurn(journal, author, folder.resolve(MARKER), left);
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Fails when another process has its file there. */
    private static void takeTurn(Journal journal, Author author, Path marker, int left) throws IOException {
        Files.createFile(marker);
        ResourceId turn = ResourceId.parse("turn/%s-%d".formatted(author.value().replace('@', '-'), left));
        journal.append(new Began(turn, ResourceName.of("turn"), Set.of()));
        journal.append(new Done(turn));
        System.out.printf("turn %d%n", left);
        if (left == 0) {
            System.in.read();
        }
        Files.delete(marker);
        journal.close();
    }
}
