package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.WaveSize;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.rollout.PlannedChange.Kind;
import io.nationtech.harmony.rollout.Wave.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** In which order nodes are changed. The same changes give the same waves, in whichever order they are told. */
public final class Waves {
    private Waves() {}

    /**
     * Every node is in just one wave.
     *
     * @param changes one a node
     */
    public static List<Wave> of(Collection<PlannedChange> changes, Rollout rollout) {
        List<PlannedChange> ordered = changes.stream()
                .sorted(Comparator.comparing(PlannedChange::domain).thenComparing(PlannedChange::node))
                .toList();
        List<Wave> waves = new ArrayList<>();
        atOnce(Phase.ADD, of(ordered, Kind.ADDS), waves);
        List<PlannedChange> changed = of(ordered, Kind.CHANGES);
        int canaries = Math.min(rollout.canaries(), changed.size());
        changed.subList(0, canaries).forEach(canary -> waves.add(new Wave(Phase.CANARY, List.of(canary.node()))));
        changed(changed.subList(canaries, changed.size()), rollout.waves(), changed.size(), waves);
        atOnce(Phase.REMOVE, of(ordered, Kind.REMOVES), waves);
        return List.copyOf(waves);
    }

    private static List<PlannedChange> of(List<PlannedChange> changes, Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).toList();
    }

    private static void atOnce(Phase phase, List<PlannedChange> changes, List<Wave> waves) {
        if (!changes.isEmpty()) {
            waves.add(new Wave(phase, nodes(changes)));
        }
    }

    private static List<NodeId> nodes(List<PlannedChange> changes) {
        return changes.stream().map(PlannedChange::node).sorted().toList();
    }

    private static void changed(List<PlannedChange> changes, WaveSize size, int all, List<Wave> waves) {
        Collection<List<PlannedChange>> together = switch (size) {
            case WaveSize.Nodes _, WaveSize.Share _ -> List.of(changes);
            case WaveSize.ShareOfOneDomain _ ->
                changes.stream()
                        .collect(Collectors.groupingBy(PlannedChange::domain, TreeMap::new, Collectors.toList()))
                        .values();
        };
        int most = size.of(all);
        for (List<PlannedChange> group : together) {
            for (int from = 0; from < group.size(); from += most) {
                waves.add(new Wave(Phase.CHANGE, nodes(group.subList(from, Math.min(from + most, group.size())))));
            }
        }
    }
}
