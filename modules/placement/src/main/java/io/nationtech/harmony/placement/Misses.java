package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Amount;
import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Shortfall;
import io.nationtech.harmony.domain.hardware.Unit;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What keeps a workload off a node, in words and numbers. It asks each requirement by itself, in a fixed order, and so is written apart
 * from the search; a property test holds the two together.
 */
final class Misses {
    private static final int MILLIS = 1_000;
    private static final int NAMED = 3;

    private final Workload workload;
    private final Nodes nodes;
    private final Services services;
    private final Candidates candidates;
    private final Latencies latencies;

    Misses(Workload workload, Nodes nodes, Services services, Candidates candidates, Latencies latencies) {
        this.workload = workload;
        this.nodes = nodes;
        this.services = services;
        this.candidates = candidates;
        this.latencies = latencies;
    }

    /**
     * @param requirement what was asked for, as in {@code GPU with 8 GiB}
     */
    record Missed(String requirement, Shortfall miss) {}

    /** All that is missing, in the order in which a person would go about it; empty when the node will do. */
    List<Missed> of(int slot) {
        List<Missed> found = new ArrayList<>();
        PlacementNode node = nodes.node(slot);
        willing(node, found);
        for (Requirement requirement : workload.needs().all()) {
            missing(slot, node, requirement).ifPresent(miss -> found.add(new Missed(requirement.toString(), miss)));
        }
        workload.shares().stream()
                .filter(share -> !node.shares().contains(share))
                .sorted()
                .forEach(share -> found.add(new Missed("share " + share, Shortfall.absent(has(node.shares())))));
        room(slot, found);
        if (found.isEmpty()
                && !workload.needs().claims().isEmpty()
                && candidates.grants(slot).isEmpty()) {
            found.add(new Missed(
                    workload.needs().claims().stream()
                            .map(DeviceClaim::toString)
                            .collect(Collectors.joining(" + ")),
                    new Shortfall("has each of these, but not all at once", 900)));
        }
        workload.affinities().forEach(affinity -> place(slot, node, affinity, found));
        repelled(slot, found);
        workload.spread().forEach(spread -> even(slot, spread, found));
        workload.ports().stream()
                .sorted()
                .forEach(port -> nodes.ledger(slot)
                        .holder(port)
                        .ifPresent(holder ->
                                found.add(new Missed("port " + port, new Shortfall("taken by " + holder, 300)))));
        workload.sharedPorts().stream()
                .sorted()
                .forEach(port -> nodes.ledger(slot)
                        .holderAlone(port)
                        .ifPresent(holder ->
                                found.add(new Missed("port " + port, new Shortfall("taken by " + holder, 300)))));
        return found;
    }

    private void willing(PlacementNode node, List<Missed> found) {
        switch (node.availability()) {
            case OPEN -> {}
            case CLOSED -> found.add(new Missed("open node", new Shortfall(why(node, "takes no new work"), 100)));
            case LOST -> found.add(new Missed("node in reach", new Shortfall("is lost", 100)));
            case DRAINING ->
                found.add(new Missed("open node", new Shortfall(why(node, "is being emptied for maintenance"), 100)));
        }
        var untolerated = new TreeSet<Taint>(node.taints());
        untolerated.removeAll(workload.tolerates());
        if (!untolerated.isEmpty()) {
            found.add(new Missed("toleration", new Shortfall("is tainted " + untolerated, 100)));
        }
    }

    private static String has(Set<ShareName> shares) {
        return shares.isEmpty()
                ? "has no share"
                : "has only " + shares.stream().sorted().map(ShareName::value).collect(Collectors.joining(", "));
    }

    private static String why(PlacementNode node, String otherwise) {
        return node.maintenance().map(Object::toString).orElse(otherwise);
    }

    private Optional<Shortfall> missing(int slot, PlacementNode node, Requirement requirement) {
        Optional<Shortfall> never = requirement.missedBy(node.hardware());
        return never.isPresent() || !(requirement instanceof DeviceClaim claim) ? never : taken(slot, claim);
    }

    private Optional<Shortfall> taken(int slot, DeviceClaim claim) {
        Ledger ledger = nodes.ledger(slot);
        List<Unit> units = claim.units(nodes.node(slot).hardware());
        if (units.stream().anyMatch(unit -> ledger.allows(claim, unit))) {
            return Optional.empty();
        }
        long most = units.stream().mapToLong(ledger::left).max().orElse(0);
        if (most > 0 && most < claim.amount()) {
            return Optional.of(Shortfall.shortOf(
                    "needs %s more: %s is free on its %s"
                            .formatted(Amount.iec(claim.amount() - most), Amount.iec(most), claim.kind()),
                    claim.amount(),
                    most));
        }
        String holders = units.stream()
                .flatMap(unit -> ledger.holder(unit).stream())
                .distinct()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        return Optional.of(new Shortfall("taken by " + holders, 300));
    }

    private void room(int slot, List<Missed> found) {
        int cpu = workload.demand().cpu().millis();
        int freeCpu = Math.max(0, nodes.freeCpu(slot));
        if (freeCpu < cpu) {
            found.add(new Missed(
                    workload.demand().cpu().toString(),
                    Shortfall.shortOf(
                            "needs %s more CPU: %s of %s are free%s"
                                    .formatted(
                                            cpus(cpu - freeCpu),
                                            cpus(freeCpu),
                                            cpus(nodes.node(slot).cpuForWork()),
                                            holders(slot)),
                            cpu,
                            freeCpu)));
        }
        long memory = workload.demand().memory().bytes();
        long freeMemory = Math.max(0, nodes.freeMemory(slot));
        if (freeMemory < memory) {
            found.add(new Missed(
                    workload.demand().memory() + " memory",
                    Shortfall.shortOf(
                            "needs %s more memory: %s of %s are free%s"
                                    .formatted(
                                            Amount.iec(memory - freeMemory),
                                            Amount.iec(freeMemory),
                                            Amount.iec(nodes.node(slot).memoryForWork()),
                                            holders(slot)),
                            memory,
                            freeMemory)));
        }
    }

    /** Who has what is not free; not all of many. */
    private String holders(int slot) {
        List<String> names = nodes.held(slot).stream()
                .map(held -> held.workload().id().service().toString())
                .sorted()
                .distinct()
                .toList();
        String more = names.size() > NAMED ? " and %d more".formatted(names.size() - NAMED) : "";
        return names.isEmpty()
                ? ""
                : ", the rest is taken by " + String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + more;
    }

    private static String cpus(int millis) {
        return millis % MILLIS == 0 ? String.valueOf(millis / MILLIS) : millis / (double) MILLIS + "";
    }

    private void place(int slot, PlacementNode node, Affinity affinity, List<Missed> found) {
        if (!(affinity.strength() instanceof Strength.Required)) {
            return;
        }
        String miss = switch (affinity) {
            case Affinity.AtSite _, Affinity.WithData _, Affinity.Within _ ->
                new Wants(List.of(affinity), nodes, latencies).admits(slot) ? "" : elsewhere(node, affinity);
            case Affinity.Near near -> apart(slot, near);
            case Affinity.Away away ->
                copies(away.service(), away.scope(), slot) == 0
                        ? ""
                        : "%s is in its %s".formatted(away.service(), away.scope());
        };
        if (!miss.isEmpty()) {
            boolean ownNode = affinity instanceof Affinity.Away away
                    && away.scope() == Scope.NODE
                    && away.service().equals(workload.id().service());
            found.add(
                    ownNode
                            ? new Missed("a node of its own", new Shortfall("has a copy already", 500))
                            : new Missed(affinity.toString(), new Shortfall(miss, 500)));
        }
    }

    private String elsewhere(PlacementNode node, Affinity affinity) {
        return switch (affinity) {
            case Affinity.WithData with -> "holds no copy of " + with.data();
            case Affinity.Within within ->
                latencies
                        .between(node.location().site(), within.site())
                        .map(way -> "is %d ms from site %s".formatted(way.toMillis(), within.site()))
                        .orElse("the way from its site %s was not measured"
                                .formatted(node.location().site()));
            case Affinity.AtSite _, Affinity.Near _, Affinity.Away _ ->
                "stands at site " + node.location().site();
        };
    }

    private String apart(int slot, Affinity.Near near) {
        boolean first = near.service().equals(workload.id().service()) && !services.has(near.service());
        return first || copies(near.service(), near.scope(), slot) > 0
                ? ""
                : "%s is not in its %s".formatted(near.service(), near.scope());
    }

    private static String copies(int count) {
        return count + (count == 1 ? " copy" : " copies");
    }

    private int copies(ServiceRef service, Scope scope, int slot) {
        return services.of(service).at(scope).get(nodes.place(scope, slot));
    }

    private void repelled(int slot, List<Missed> found) {
        ServiceRef own = workload.id().service();
        services.repelling(own).forEach((by, at) -> {
            boolean said = workload.affinities().contains(new Affinity.Away(by.by(), by.scope(), Strength.required()));
            if (!said && at.at(by.scope()).get(nodes.place(by.scope(), slot)) > 0) {
                found.add(new Missed(
                        "peace with " + by.by(),
                        new Shortfall("%s keeps it out of its %s".formatted(by.by(), by.scope()), 500)));
            }
        });
    }

    private void even(int slot, SpreadOver spread, List<Missed> found) {
        if (!(spread.strength() instanceof Strength.Required)) {
            return;
        }
        int most = Wishes.most(spread, services.of(workload.id().service()), candidates);
        int there = copies(workload.id().service(), spread.scope(), slot);
        if (there > most) {
            found.add(new Missed(
                    spread.toString(),
                    new Shortfall(
                            there >= spread.most()
                                    ? "its %s has %s".formatted(spread.scope(), copies(there))
                                    : "its %s has %s; the emptiest has %d"
                                            .formatted(spread.scope(), copies(there), most + 1 - spread.maxSkew()),
                            500)));
        }
    }
}
