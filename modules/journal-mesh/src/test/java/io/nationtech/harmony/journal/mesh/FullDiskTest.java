package io.nationtech.harmony.journal.mesh;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** On a real server whose real file system is really full. */
class FullDiskTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final Author ALICE = Author.of("alice@laptop");
    private static final int PAGE = 4_096;

    @Test
    void aServerWithoutRoomIsNamedAndTheJournalGoesOnOnceItHasSome() throws IOException, InterruptedException {
        try (NatsServer server = NatsServer.start()) {
            server.kill();
            Path store = server.folder().resolve("store");
            Files.createDirectories(store);
            assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "none", store.toString()) == 0, "needs to mount");
            try {
                server.restart();
                fillAndMakeRoom(server, store.resolve("ballast"));
            } finally {
                server.kill();
                run("umount", store.toString());
            }
        }
    }

    private static void fillAndMakeRoom(NatsServer server, Path ballast) throws IOException {
        try (NatsMesh mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), "test"))) {
            MeshJournals journals = new MeshJournals(
                    mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
            Set<ResourceId> kept = new HashSet<>();
            try (Journal journal = opened(journals)) {
                int free = (int) (Files.getFileStore(ballast.getParent()).getUsableSpace() / PAGE);
                Files.write(ballast, new byte[free * PAGE]);

                Cause cause = assertThrows(JournalException.class, () -> {
                            for (int i = 0; i < 1_000; i++) {
                                kept.add(append(journal, "thing-number-" + i));
                            }
                        })
                        .why();

                assertTrue(
                        cause.what().startsWith("the mesh does not answer; it was to write key 'website.thing."),
                        cause::toString);
                assertTrue(cause.where().contains(server.url()), cause::toString);
                assertTrue(cause.next().contains("whether its disk is full"), cause::toString);
                Files.delete(ballast);
                assertTrue(cause.next().contains("start it again"), cause::toString);
                server.kill();
                server.restart();
                Eventually.holds("the journal goes on", () -> goesOn(journal));
            }
            try (Journal next = opened(journals)) {
                assertTrue(next.ledger().all().keySet().containsAll(kept), "what was kept is there");
                assertTrue(next.ledger().owned(id("later")).isPresent());
            }
        }
    }

    private static Journal opened(MeshJournals journals) {
        return assertInstanceOf(Opening.Opened.class, journals.open(WEBSITE, ALICE))
                .journal();
    }

    private static boolean goesOn(Journal journal) {
        try {
            append(journal, "later");
            return true;
        } catch (JournalException e) {
            return false;
        }
    }

    private static ResourceId append(Journal journal, String name) {
        journal.append(new JournalEntry.Began(id(name), ResourceName.of(name), Set.of()));
        return id(name);
    }

    private static ResourceId id(String name) {
        return ResourceId.parse("thing/" + name);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
