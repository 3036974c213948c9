package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Ports, replicas and memory. */
class NumbersTest {

    @Test
    void everyPortFrom1To65535IsTaken() {
        for (int number = 1; number <= 65_535; number++) {
            assertEquals(Integer.toString(number), Port.of(number).toString());
        }
    }

    @Property
    void noOtherNumberIsAPort(@ForAll int number) {
        if (number < 1 || number > 65_535) {
            Refusal.of(() -> Port.of(number), "port " + number, "outside 1..65535");
        }
    }

    @Test
    void portsAtTheEdgeAreRefused() {
        Refusal.of(() -> Port.of(0), "port 0", "1..65535");
        Refusal.of(() -> Port.of(65_536), "port 65536", "1..65535");
        Refusal.of(() -> Port.of(-1), "port -1", "1..65535");
    }

    @Test
    void replicasHaveBounds() {
        assertEquals(1, Replicas.of(1).count());
        assertEquals(5_000, Replicas.of(5_000).count());
        Refusal.of(() -> Replicas.of(0), "0 replicas", "1..5000");
        Refusal.of(() -> Replicas.of(5_001), "5001 replicas", "1..5000");
    }

    @Property
    void mebibytesAreShownAsTheyWereWritten(@ForAll @IntRange(min = 1, max = 1 << 20) int amount) {
        String expected = amount % 1_024 == 0 ? amount / 1_024 + " GiB" : amount + " MiB";

        assertEquals(expected, Memory.mebibytes(amount).toString());
        assertEquals(1_048_576L * amount, Memory.mebibytes(amount).bytes());
    }

    @Property
    void gibibytesAre1024Mebibytes(@ForAll @IntRange(min = 1, max = 1 << 20) int amount) {
        assertEquals(Memory.mebibytes(1_024L * amount), Memory.gibibytes(amount));
        assertEquals(amount + " GiB", Memory.gibibytes(amount).toString());
    }

    @Property
    void bytesAreKeptExactly(@ForAll @LongRange(min = 1) long bytes) {
        assertEquals(bytes, Memory.ofBytes(bytes).bytes());
        assertEquals(0, Memory.ofBytes(bytes).compareTo(new Memory(bytes)));
    }

    @Test
    void memoryHasBounds() {
        Refusal.of(() -> Memory.ofBytes(0), "0 bytes", "less than 1");
        Refusal.of(() -> Memory.mebibytes(0), "0 MiB", "outside 1..8796093022207");
        Refusal.of(() -> Memory.gibibytes(-1), "-1 GiB", "outside 1..8589934591");
        Refusal.of(() -> Memory.gibibytes(8_589_934_592L), "8589934592 GiB", "outside 1..8589934591");
        assertEquals(8_589_934_591L << 30, Memory.gibibytes(8_589_934_591L).bytes());
    }
}
