package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.ChaosEvent.Acknowledged;
import io.nationtech.harmony.cli.ChaosEvent.Held;
import io.nationtech.harmony.cli.ChaosEvent.Ran;
import io.nationtech.harmony.cli.ChaosEvent.Tried;
import io.nationtech.harmony.cli.ChaosEvent.Word;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** What all members said that they did or saw. Safe for use by several threads. */
final class ChaosHistory {
    private final Queue<ChaosEvent> events = new ConcurrentLinkedQueue<>();

    void add(ChaosEvent event) {
        events.add(event);
    }

    List<ChaosEvent> all() {
        return List.copyOf(events);
    }

    private <E extends ChaosEvent> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** A version that nobody said yet. */
    int nextVersion() {
        return 1
                + all(Tried.class)
                        .mapToInt(tried -> tried.word().version())
                        .max()
                        .orElse(0);
    }

    /** Who had the lease last. */
    Optional<String> holder() {
        return all(Held.class).max(Comparator.comparingLong(Held::at)).map(Held::by);
    }

    boolean isHeldAfter(long time) {
        return all(Held.class).anyMatch(held -> held.at() > time);
    }

    boolean isAcknowledgedAfter(long time, Word about) {
        return all(Acknowledged.class)
                .anyMatch(one -> one.at() > time && one.word().none().equals(about));
    }

    /** What a node began to run last. */
    Optional<Word> running(String node, String deployment) {
        return all(Ran.class)
                .filter(ran ->
                        ran.node().equals(node) && ran.word().deployment().equals(deployment))
                .max(Comparator.comparingLong(Ran::at))
                .map(Ran::word);
    }

    /** How much was done. */
    @Override
    public String toString() {
        return "%d words acknowledged of %d, %d versions rolled out, %d runs of one, %d holders of the lease"
                .formatted(
                        words(all(Acknowledged.class).map(Acknowledged::word), ChaosWords.LAMP)
                                .size(),
                        words(all(Tried.class).map(Tried::word), ChaosWords.LAMP)
                                .size(),
                        words(all(Acknowledged.class).map(Acknowledged::word), ChaosWords.SHOP).stream()
                                .map(Word::version)
                                .distinct()
                                .count(),
                        all(Ran.class).count(),
                        all(Held.class).map(Held::epoch).distinct().count());
    }

    private static List<Word> words(Stream<Word> all, DeploymentName deployment) {
        return all.filter(word -> word.deployment().equals(deployment.value())).toList();
    }
}
