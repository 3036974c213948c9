package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Unit;
import io.nationtech.harmony.domain.placement.Packing;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.Strength;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The nodes for workloads of one shape, the best on top of a heap. A node that changes is put right in the heap and no other is looked
 * at. The first time that a shape is seen, the nodes are only run over once, as many a shape is seen but once.
 */
final class Candidates {
    /** Points of a node that cannot have the work now. */
    static final int NO = Integer.MIN_VALUE;

    /** The use from which on a heap pays: building one costs as much as some runs over the nodes. */
    private static final int HEAP_FROM = 3;

    private static final int SCARCE = -150;
    private static final int IN_USE = 600;
    private static final int FILL_PARTS = 1_000;

    private final Shape shape;
    private final Nodes nodes;
    private final Wants wants;
    private final int cpu;
    private final long memory;
    private final int mebibytes;
    private final boolean sparesGraphics;
    private final boolean countsAmounts;
    private final boolean requiresPlaces;
    private final boolean likesPlaces;
    private final boolean spreadsOut;
    private final boolean opensLargest;
    private final List<DeviceClaim> claims;
    private final Feature[] features;
    private final Feature[] claimed;
    private final BitSet suits = new BitSet();
    private final Map<Scope, Eligible> eligible = new EnumMap<>(Scope.class);
    private final Heap heap;
    private int uses;
    private long upTo;
    private long moves;

    Candidates(Shape shape, Nodes nodes, Latencies latencies, Function<Requirement, Feature> featureOf) {
        this.shape = shape;
        this.nodes = nodes;
        this.wants = new Wants(shape.places(), nodes, latencies);
        this.cpu = shape.demand().cpu().millis();
        this.memory = shape.demand().memory().bytes();
        this.mebibytes = (int) Math.min(Integer.MAX_VALUE, memory >> 20);
        this.claims = shape.needs().claims();
        this.sparesGraphics = claims.stream().noneMatch(Gpu.class::isInstance);
        this.countsAmounts = claims.stream().anyMatch(claim -> claim.amount() > 0);
        this.requiresPlaces =
                shape.places().stream().anyMatch(affinity -> affinity.strength() instanceof Strength.Required);
        this.likesPlaces = !shape.places().isEmpty();
        this.spreadsOut = shape.packing() == Packing.SPREAD_OUT;
        this.opensLargest = shape.opening() == Opening.LARGEST;
        this.features = shape.needs().traits().stream().map(featureOf).toArray(Feature[]::new);
        this.claimed =
                claims.stream().map(DeviceClaim::ofAnyAmount).map(featureOf).toArray(Feature[]::new);
        this.heap = new Heap(nodes);
        lookAtAll();
    }

    /** Takes in what changed since the last time. */
    void prepare() {
        if (moves != nodes.moves()) {
            moves = nodes.moves();
            eligible.clear();
        }
        if (!nodes.remembers(upTo) || nodes.changes() - upTo > Math.max(64, nodes.size() / 2)) {
            lookAtAll();
            uses = 0;
        } else {
            for (long change = upTo; change < nodes.changes(); change++) {
                if (nodes.isLatest(change)) {
                    lookAt(nodes.changed(change));
                }
            }
        }
        upTo = nodes.changes();
        uses++;
        if (uses == HEAP_FROM || (hasHeap() && !heap.isInOrder())) {
            heap.fill(this::pointsWithRoom);
        }
    }

    private boolean hasHeap() {
        return uses >= HEAP_FROM;
    }

    private void lookAtAll() {
        eligible.clear();
        suits.clear();
        suits.or(nodes.present());
        for (Feature feature : features) {
            suits.and(feature.has());
        }
        for (Feature feature : claimed) {
            suits.and(feature.has());
        }
        BitSet doubtful = (BitSet) suits.clone();
        if (!countsAmounts && !requiresPlaces && shape.shares().isEmpty()) {
            doubtful.andNot(nodes.plain());
        }
        for (int slot = doubtful.nextSetBit(0); slot >= 0; slot = doubtful.nextSetBit(slot + 1)) {
            if (!admits(slot)) {
                suits.clear(slot);
            }
        }
        upTo = nodes.changes();
    }

    /** Whether the node takes such work at all, stands where it must, has its shares, and has devices that are large enough when empty. */
    private boolean admits(int slot) {
        return (nodes.plain().get(slot) || accepts(nodes.node(slot)))
                && (!requiresPlaces || wants.admits(slot))
                && nodes.node(slot).shares().containsAll(shape.shares())
                && (!countsAmounts || isLargeEnough(slot));
    }

    private boolean isLargeEnough(int slot) {
        for (int claim = 0; claim < claimed.length; claim++) {
            if (claimed[claim].largest(slot) < claims.get(claim).amount()) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(PlacementNode node) {
        return node.availability() == Availability.OPEN && shape.tolerates().containsAll(node.taints());
    }

    private void lookAt(int slot) {
        boolean suited = suits.get(slot);
        boolean suiting = nodes.isPresent(slot) && hasFeatures(slot) && admits(slot);
        if (suited != suiting) {
            suits.set(slot, suiting);
            eligible.clear();
        }
        if (hasHeap() && heap.isInOrder()) {
            heap.set(slot, pointsWithRoom(slot));
        }
    }

    private boolean hasFeatures(int slot) {
        for (Feature feature : features) {
            if (!feature.has().get(slot)) {
                return false;
            }
        }
        for (Feature feature : claimed) {
            if (!feature.has().get(slot)) {
                return false;
            }
        }
        return true;
    }

    /** Points of a node that suits and has room, devices not asked; {@link #NO} of another. */
    private int pointsWithRoom(int slot) {
        return suits.get(slot)
                        && nodes.hasRoomFor(slot, cpu, memory)
                        && nodes.ledger(slot).isFree(shape.ports(), shape.sharedPorts())
                ? packing(slot) + scarce(slot) + places(slot)
                : NO;
    }

    /** Points of a node, but for what depends on where other work is; {@link #NO} when it cannot have the work now. */
    int pointsOf(int slot) {
        int points = pointsWithRoom(slot);
        return points != NO && hasDevices(slot) ? points : NO;
    }

    /** A node in use is always better to pack than an empty one. */
    int packing(int slot) {
        int fill = nodes.fill(slot, cpu, mebibytes);
        if (spreadsOut) {
            return FILL_PARTS - fill;
        }
        if (!nodes.isEmpty(slot)) {
            return IN_USE + fill * (FILL_PARTS - IN_USE) / FILL_PARTS;
        }
        return (opensLargest ? FILL_PARTS - fill : fill) * (FILL_PARTS - IN_USE) / FILL_PARTS;
    }

    int scarce(int slot) {
        return sparesGraphics && nodes.hasGraphics(slot) ? SCARCE : 0;
    }

    int places(int slot) {
        return likesPlaces ? wants.points(slot) : 0;
    }

    private boolean hasDevices(int slot) {
        return switch (claimed.length) {
            case 0 -> true;
            case 1 -> hasDevice(slot);
            default -> new Assigning(claims, units(slot), nodes.ledger(slot)).succeeds();
        };
    }

    private boolean hasDevice(int slot) {
        Ledger ledger = nodes.ledger(slot);
        for (Unit unit : claimed[0].units(slot)) {
            if (ledger.allows(claims.getFirst(), unit)) {
                return true;
            }
        }
        return false;
    }

    private Unit[][] units(int slot) {
        Unit[][] units = new Unit[claimed.length][];
        for (int claim = 0; claim < units.length; claim++) {
            units[claim] = claimed[claim].units(slot);
        }
        return units;
    }

    /** Which devices the work would get. */
    List<Grant> grants(int slot) {
        return grants(slot, Set.of());
    }

    /** Which devices the work would get, these before others. */
    List<Grant> grants(int slot, Set<DevicePath> preferred) {
        return claims.isEmpty() ? List.of() : new Assigning(claims, units(slot), nodes.ledger(slot)).grants(preferred);
    }

    /** Whether the work would have its devices and ports, were the ledger this one. */
    boolean hasAll(int slot, Ledger ledger) {
        return ledger.isFree(shape.ports(), shape.sharedPorts())
                && new Assigning(claims, units(slot), ledger).succeeds();
    }

    /** Nodes that have the hardware and accept the work, full or not. */
    BitSet suits() {
        return suits;
    }

    /** The places with such a node. */
    Eligible eligible(Scope scope) {
        return eligible.computeIfAbsent(scope, wanted -> new Eligible(wanted, nodes, suits));
    }

    /** The best node for work of this shape with these wishes, or -1. Exact: no node that could be better is left out. */
    int best(Wishes wishes) {
        var best = new Best(nodes, wishes);
        IntList seeds = wishes.seeds();
        for (int at = 0; at < seeds.size(); at++) {
            best.consider(seeds.get(at), pointsOf(seeds.get(at)));
        }
        if (!wishes.onlySeeds()) {
            if (hasHeap()) {
                walk(best, wishes.highest());
            } else {
                scan(best, wishes.highest());
            }
        }
        return best.slot();
    }

    private void scan(Best best, int highest) {
        for (int slot = suits.nextSetBit(0); slot >= 0; slot = suits.nextSetBit(slot + 1)) {
            int points = pointsWithRoom(slot);
            if (points != NO && !best.beats(points + highest, slot) && hasDevices(slot)) {
                best.consider(slot, points);
            }
        }
    }

    /**
     * From the best down, until none below can be better, whatever its wishes give. Nodes are in the heap before their devices were asked
     * for; one whose devices are taken leaves it here, until it changes.
     */
    private void walk(Best best, int highest) {
        var taken = new IntList();
        heap.walk();
        for (int position = heap.next(); position >= 0; position = heap.next()) {
            int slot = heap.slotAt(position);
            int points = heap.pointsAt(position);
            if (best.beats(points + highest, slot)) {
                break;
            }
            if (hasDevices(slot)) {
                best.consider(slot, points);
            } else {
                taken.add(slot);
            }
        }
        for (int at = 0; at < taken.size(); at++) {
            heap.set(taken.get(at), NO);
        }
    }
}
