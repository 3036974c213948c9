package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.ChaosEvent.Acknowledged;
import io.nationtech.harmony.cli.ChaosEvent.Flipped;
import io.nationtech.harmony.cli.ChaosEvent.Held;
import io.nationtech.harmony.cli.ChaosEvent.Ran;
import io.nationtech.harmony.cli.ChaosEvent.Read;
import io.nationtech.harmony.cli.ChaosEvent.Tried;
import io.nationtech.harmony.cli.ChaosEvent.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold of everything that happened, whatever broke meanwhile. Each finds nothing, or says what was otherwise. */
final class ChaosOracles {
    private ChaosOracles() {}

    static List<String> violations(List<ChaosEvent> history) {
        List<ChaosEvent> ordered = history.stream()
                .sorted(Comparator.comparingLong(ChaosEvent::at))
                .toList();
        return Stream.of(lost(ordered), ran(ordered), leases(ordered))
                .flatMap(List::stream)
                .toList();
    }

    /** What was acknowledged, or something newer, is there for whoever begins to read afterwards; but for what the disk lost. */
    private static List<String> lost(List<ChaosEvent> ordered) {
        List<String> violations = new ArrayList<>();
        Map<Word, Integer> acknowledged = new HashMap<>();
        Map<Word, Integer> forgiven = new HashMap<>();
        Map<Word, Integer> tried = new HashMap<>();
        for (ChaosEvent event : ordered) {
            switch (event) {
                case Tried(long _, Word word) -> tried.merge(word.none(), word.version(), Math::max);
                case Acknowledged(long _, Word word) -> {
                    // Who stood still meanwhile says only now what was acknowledged before.
                    if (word.version() > forgiven.getOrDefault(word.none(), 0)) {
                        acknowledged.merge(word.none(), word.version(), Math::max);
                    }
                }
                case Flipped(long _, Word word) -> {
                    forgiven.put(word.none(), tried.getOrDefault(word.none(), 0));
                    acknowledged.remove(word.none());
                }
                case Read(long at, Word word) -> {
                    int least = acknowledged.getOrDefault(word.none(), 0);
                    if (word.version() < least) {
                        violations.add("lost: version %d was acknowledged, and at %d '%s' was there"
                                .formatted(least, at, word));
                        // Told once.
                        acknowledged.remove(word.none());
                    }
                }
                case Ran _, Held _ -> {}
            }
        }
        return violations;
    }

    /** A node runs what somebody told that node, and nothing older than what it ran, however often it was started. */
    private static List<String> ran(List<ChaosEvent> ordered) {
        List<String> violations = new ArrayList<>();
        Set<Word> tried = new HashSet<>();
        Map<Word, Integer> newest = new HashMap<>();
        for (ChaosEvent event : ordered) {
            switch (event) {
                case Tried(long _, Word word) -> tried.add(word);
                case Ran(long at, String node, Word word) -> {
                    int before = newest.getOrDefault(word.none(), 0);
                    if (!node.equals(word.node())) {
                        violations.add("another's: node %s ran '%s' at %d".formatted(node, word, at));
                    } else if (!tried.contains(word)) {
                        violations.add(
                                "unsaid: node %s ran '%s' at %d, which nobody told it".formatted(node, word, at));
                    } else if (word.version() < before) {
                        violations.add(
                                "older: node %s ran '%s' at %d, after version %d".formatted(node, word, at, before));
                    }
                    newest.merge(word.none(), word.version(), Math::max);
                }
                case Acknowledged _, Read _, Flipped _, Held _ -> {}
            }
        }
        return violations;
    }

    /** @param epoch the lease was never lost in between, as it then has another */
    private record Term(String by, long epoch, long from, long to) {
        Term with(Held later) {
            return new Term(by, epoch, from, later.at());
        }

        @Override
        public String toString() {
            return "%s had it from %d to %d in epoch %d".formatted(by, from, to, epoch);
        }
    }

    private record Holder(String by, long epoch) {}

    /** One at a time has the lease, and each later one a higher epoch. */
    private static List<String> leases(List<ChaosEvent> ordered) {
        Map<Holder, Term> terms = new HashMap<>();
        for (ChaosEvent event : ordered) {
            if (event instanceof Held held) {
                terms.merge(
                        new Holder(held.by(), held.epoch()),
                        new Term(held.by(), held.epoch(), held.at(), held.at()),
                        (known, _) -> known.with(held));
            }
        }
        List<String> violations = new ArrayList<>();
        List<Term> inOrder = terms.values().stream()
                .sorted(Comparator.comparingLong(Term::from))
                .toList();
        for (int index = 1; index < inOrder.size(); index++) {
            Term later = inOrder.get(index);
            for (Term before : inOrder.subList(0, index)) {
                if (before.to() >= later.from()) {
                    violations.add("two holders: %s, and %s".formatted(before, later));
                }
                if (before.epoch() >= later.epoch()) {
                    violations.add("epoch: %s, and then %s".formatted(before, later));
                }
            }
        }
        return violations;
    }
}
