package io.nationtech.harmony.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.journal.contract.Contention;
import io.nationtech.harmony.journal.contract.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Within one process; {@link OtherProcessTest} has several. */
class FileContentionTest {

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void concurrentAppliesSerialise(@ForAll long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("contention");
        try {
            assertEquals(List.of(), Contention.over(number -> new FileHost(folder, number), seed));
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private record FileHost(Journals files, Queue<Journal> open) implements Host, Journals {
        private FileHost(Path folder, int number) {
            this(
                    new FileJournals(folder, InstantSource.fixed(Contention.since(number))),
                    new ConcurrentLinkedQueue<>());
        }

        @Override
        public Journals journals() {
            return this;
        }

        @Override
        public Opening open(DeploymentName deployment, Author author) {
            Opening opening = files.open(deployment, author);
            if (opening instanceof Opening.Opened(Journal journal)) {
                open.add(journal);
            }
            return opening;
        }

        @Override
        public Ledger read(DeploymentName deployment) {
            return files.read(deployment);
        }

        /** All that the kernel does for a process that was killed: it closes the files. */
        @Override
        public void dies() {
            open.forEach(Journal::close);
        }
    }
}
