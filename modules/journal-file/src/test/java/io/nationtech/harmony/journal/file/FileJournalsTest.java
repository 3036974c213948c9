package io.nationtech.harmony.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry.Began;
import io.nationtech.harmony.graph.JournalEntry.Done;
import io.nationtech.harmony.graph.JournalEntry.Gone;
import io.nationtech.harmony.graph.JournalEntry.Moved;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.graph.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalsTest {
    private static final DeploymentName SITE = DeploymentName.of("website");
    private static final Author ANN = Author.of("ann@desk");
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @TempDir
    private Path folder;

    private FileJournals journals;

    @BeforeEach
    void begin() {
        journals = new FileJournals(folder, InstantSource.fixed(NOW));
    }

    private static ResourceId id(String name) {
        return new ResourceId(KindName.of("thing"), ResourceName.of(name));
    }

    private static Began began(String name, ResourceId... after) {
        return new Began(id(name), ResourceName.of(name), Set.of(after));
    }

    private Journal open() {
        return assertInstanceOf(Opening.Opened.class, journals.open(SITE, ANN)).journal();
    }

    private Path file() {
        return folder.resolve("website.journal");
    }

    @Test
    void whatWasAppendedIsOwnedWhenItIsOpenedAgain() {
        try (Journal journal = open()) {
            journal.append(began("a"));
            journal.append(new Done(id("a")));
            journal.append(began("b", id("a")));
            journal.append(began("c"));
            journal.append(new Gone(id("c")));
            journal.append(new Moved(id("a"), id("z")));
        }

        Ledger ledger = journals.read(SITE);

        assertEquals(
                new Ledger.Owned(ResourceName.of("a"), Set.of(), Ledger.Settled.YES),
                ledger.owned(id("z")).orElseThrow());
        assertEquals(
                new Ledger.Owned(ResourceName.of("b"), Set.of(id("a")), Ledger.Settled.NO),
                ledger.owned(id("b")).orElseThrow());
        assertEquals(Set.of(id("b"), id("z")), ledger.all().keySet());
    }

    @Test
    void nothingIsOwnedWhereThereIsNoJournal() {
        assertTrue(journals.read(SITE).all().isEmpty());
    }

    @Test
    void aSecondApplyIsToldWhoHoldsTheJournalSinceWhen() {
        try (Journal _ = open()) {
            assertEquals(new Opening.Held(ANN, NOW), journals.open(SITE, Author.of("bob@sofa")));
        }
        open().close();
    }

    @Test
    void aLineThatAPowerCutToreIsLeftOutAndOverwritten() throws IOException {
        try (Journal journal = open()) {
            journal.append(began("a"));
            journal.append(began("b"));
        }
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), List.of(new String(whole, 0, whole.length - 5, StandardCharsets.US_ASCII)));

        try (Journal journal = open()) {
            assertEquals(Set.of(id("a")), journal.ledger().all().keySet());
            journal.append(began("c"));
        }

        assertEquals(Set.of(id("a"), id("c")), journals.read(SITE).all().keySet());
    }

    @Test
    void everyPrefixOfAJournalCanBeRead() throws IOException {
        try (Journal journal = open()) {
            journal.append(began("a"));
            journal.append(new Done(id("a")));
            journal.append(began("b", id("a")));
        }
        byte[] whole = Files.readAllBytes(file());
        String text = new String(whole, StandardCharsets.US_ASCII);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            long lines =
                    text.substring(0, length).chars().filter(c -> c == '\n').count();
            try (Journal journal = open()) {
                assertEquals(
                        lines >= 4 ? Set.of(id("a"), id("b")) : lines >= 2 ? Set.of(id("a")) : Set.of(),
                        journal.ledger().all().keySet(),
                        "of %d bytes".formatted(length));
            }
        }
    }

    @Test
    void damageInTheMiddleIsToldWithItsLine() throws IOException {
        try (Journal journal = open()) {
            journal.append(began("a"));
            journal.append(began("b"));
        }
        Files.writeString(file(), Files.readString(file()).replace("began thing a", "began thing x"));

        JournalException e = assertThrows(JournalException.class, () -> journals.read(SITE));

        assertTrue(e.why().what().startsWith("line 2 of the journal is damaged"), e.why()::toString);
        assertEquals(file() + ":2", e.why().where());
    }

    @Test
    void aJournalOfANewerFormIsRefused() throws IOException {
        Files.writeString(file(), "harmony-journal 7\nwhatever\n");

        JournalException e = assertThrows(JournalException.class, () -> journals.open(SITE, ANN));

        assertTrue(e.why().what().contains("form '7'"), e.why()::toString);
        assertEquals("harmony-journal 7\nwhatever\n", Files.readString(file()));
        Files.delete(file());
        open().close();
    }

    @Test
    void aJournalOfMuchThatIsOverIsWrittenAnewWhenItIsOpened() throws IOException {
        try (Journal journal = open()) {
            journal.append(began("kept"));
            for (int i = 0; i < 600; i++) {
                journal.append(began("brief"));
                journal.append(new Gone(id("brief")));
            }
        }

        open().close();

        assertEquals(Set.of(id("kept")), journals.read(SITE).all().keySet());
        assertEquals(2, Files.readAllLines(file()).size());
    }

    @Test
    void manyAppendAtTheSameTimeAndNothingIsLost() throws InterruptedException {
        try (Journal journal = open()) {
            List<Thread> threads = IntStream.range(0, 200)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> journal.append(began("t" + i))))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertEquals(200, journals.read(SITE).all().size());
    }
}
