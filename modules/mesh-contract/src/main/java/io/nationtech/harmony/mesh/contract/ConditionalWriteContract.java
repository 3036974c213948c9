package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.UnlessChanged;
import io.nationtech.harmony.mesh.Written;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The writes that a pattern guards. Each adapter whose mesh compares by pattern extends this. */
public abstract class ConditionalWriteContract extends MeshContract {

    /** For adapters. */
    protected ConditionalWriteContract() {}

    private static final KeyPattern ON_N1 = KeyPattern.under(Key.of("n1"));

    private ConditionalWrites writes() {
        return bucket.conditionalWrites().orElseThrow();
    }

    @Test
    void aConditionalWriteSucceedsWhenNothingThatMatchesWasWritten() {
        ConditionalWrites writes = writes();
        bucket.put(key("n1.a"), text("1"));
        Snapshot read = bucket.entries(KeyPattern.all());
        othersBucket().put(key("n2.a"), text("1"));

        long first = revision(writes.put(key("n1.b"), text("2"), read.unlessChanged(ON_N1)));
        revision(writes.put(key("n1.c"), text("3"), new UnlessChanged(ON_N1, first)));

        assertEquals(List.of("n1.a", "n1.b", "n1.c"), keys(bucket.entries(ON_N1)));
    }

    @Test
    void aConditionalWriteIsRefusedWhenAnythingThatMatchesWasWritten() {
        ConditionalWrites writes = writes();
        UnlessChanged nothing = bucket.entries(KeyPattern.all()).unlessChanged(ON_N1);
        othersBucket().put(key("n1.a"), text("1"));

        assertInstanceOf(Written.Conflict.class, writes.put(key("n1.b"), text("2"), nothing));
        assertEquals(List.of("n1.a"), keys(bucket.entries(ON_N1)));
    }

    @Test
    void aConditionalWriteIsRefusedWhenAnythingThatMatchesWasDeleted() {
        ConditionalWrites writes = writes();
        bucket.put(key("n1.a"), text("1"));
        UnlessChanged read = bucket.entries(KeyPattern.all()).unlessChanged(ON_N1);
        othersBucket().delete(key("n1.a"));

        assertInstanceOf(Written.Conflict.class, writes.put(key("n1.b"), text("2"), read));
        revision(writes.put(
                key("n1.b"), text("2"), bucket.entries(KeyPattern.all()).unlessChanged(ON_N1)));
    }

    @Test
    void aConditionMayBeOfAWildcardInTheMiddle() {
        ConditionalWrites writes = writes();
        KeyPattern shops = KeyPattern.any().then("shop");
        bucket.put(key("n1.shop"), text("1"));
        UnlessChanged read = bucket.entries(shops).unlessChanged(shops);
        bucket.put(key("n2.blog"), text("1"));

        revision(writes.put(key("n3.shop"), text("2"), read));
        assertInstanceOf(Written.Conflict.class, writes.put(key("n4.shop"), text("2"), read));
    }

    @Test
    void ofManyConcurrentConditionalWritesToDifferentKeysExactlyOneWins() throws InterruptedException {
        bucket.put(key("n1.a"), text("1"));
        UnlessChanged read = bucket.entries(ON_N1).unlessChanged(ON_N1);
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> contenders = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    ConditionalWrites mine = (i % 2 == 0 ? mesh : other)
                            .bucket(name)
                            .conditionalWrites()
                            .orElseThrow();
                    awaitLatch(start);
                    if (mine.put(key("n1.k" + i), text("by " + i), read) instanceof Written.At) {
                        winners.incrementAndGet();
                    }
                }))
                .toList();

        start.countDown();
        for (Thread contender : contenders) {
            contender.join();
        }

        assertEquals(1, winners.get());
        assertEquals(2, bucket.entries(ON_N1).entries().size());
    }
}
