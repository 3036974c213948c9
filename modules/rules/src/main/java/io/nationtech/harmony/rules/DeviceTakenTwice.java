package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.SiteTopology;
import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.Sharing;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several services need one and the same device for themselves, and too few machines have it. */
record DeviceTakenTwice() implements Rule {
    private record Wanted(Copies copies, DeviceClaim claim) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Collection<List<Wanted>> shared = graph.copies().stream()
                .flatMap(copies -> copies.workload().needs().claims().stream()
                        .filter(claim -> claim.sharing() == Sharing.EXCLUSIVE
                                && claim.names().isPresent())
                        .map(claim -> new Wanted(copies, claim)))
                .collect(Collectors.groupingBy(
                        wanted -> wanted.claim().names().orElseThrow(), TreeMap::new, Collectors.toList()))
                .values();
        return graph.partsWithMachines()
                .flatMap(part ->
                        shared.stream().filter(wanted -> wanted.size() > 1).flatMap(wanted -> of(wanted, part)));
    }

    private static Stream<Finding> of(List<Wanted> wanted, SiteTopology<?> part) {
        DeviceClaim claim = wanted.getFirst().claim();
        int had = MoreReplicasThanMachines.count(part.machines().stream()
                .filter(machines -> claim.isMetBy(machines.kind().hardware()))
                .toList());
        int asked = wanted.stream().mapToInt(each -> each.copies().count()).sum();
        Copies one = wanted.getFirst().copies();
        Copies other = wanted.getLast().copies();
        return had == 0 || asked <= had
                ? Stream.empty()
                : Stream.of(Finding.of(
                        "services '%s' and '%s' take %s for themselves, %d times in all, and topology '%s' has %d machines with it"
                                .formatted(one.name(), other.name(), claim, asked, part.name(), had),
                        one.name(),
                        other.name()));
    }
}
