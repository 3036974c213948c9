package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * All nodes, each in a slot that it keeps, with what is left of them in arrays that a decision can run over. Says in order which
 * slots changed, so that whoever keeps something by node brings only those up to date.
 */
final class Nodes {
    /** Changes that are remembered; who is further behind starts anew. A power of two. */
    private static final int REMEMBERED = 1 << 15;

    /** Fractions are kept with so many bits after the point: a division a node would cost more than all else of a scan. */
    private static final int PARTS = 30;

    /** Memory counts in MiB here, so that the products fit. */
    private static final int MEBI = 20;

    private final Map<NodeId, Integer> slots = new HashMap<>();
    private final Map<Location, Integer> domains = new HashMap<>();
    private final Map<SiteName, Integer> sites = new HashMap<>();
    private final List<IntList> inDomain = new ArrayList<>();
    private final List<IntList> atSite = new ArrayList<>();
    private final List<SiteName> siteNames = new ArrayList<>();
    private final List<PlacementNode> node = new ArrayList<>();
    private final List<Ledger> ledger = new ArrayList<>();
    private final List<List<Held>> held = new ArrayList<>();
    private final BitSet present = new BitSet();
    private final BitSet plain = new BitSet();
    private final Map<DataName, BitSet> holders = new HashMap<>();
    private final int[] changed = new int[REMEMBERED];
    private long changes;
    private long moves;
    private int[] freeCpu = new int[0];
    private long[] freeMemory = new long[0];
    private int[] allCpu = new int[0];
    private long[] allMemory = new long[0];
    private boolean[] graphics = new boolean[0];
    private int[] works = new int[0];
    private long[] latest = new long[0];
    private long[] cpuParts = new long[0];
    private long[] memoryParts = new long[0];
    private int[] domain = new int[0];
    private int[] site = new int[0];
    private int[] rank = new int[0];
    private boolean ranked = true;
    private int orders;

    /** Puts a node into its slot, or says anew what it is; what it holds stays. */
    int put(PlacementNode next) {
        Integer known = slots.get(next.id());
        int slot = known == null ? slots.size() : known;
        if (known == null) {
            slots.put(next.id(), slot);
            makeRoom(slot);
            node.add(next);
            ledger.add(new Ledger());
            held.add(new ArrayList<>());
            ranked = false;
        }
        boolean stays = present.get(slot) && node.get(slot).location().equals(next.location());
        if (!stays && present.get(slot)) {
            leavePlaces(slot);
        }
        hold(slot, node.get(slot).data(), next.data());
        node.set(slot, next);
        present.set(slot);
        if (!stays) {
            enterPlaces(slot, next);
        }
        plain.set(
                slot, next.availability() == Availability.OPEN && next.taints().isEmpty());
        count(slot, next);
        touch(slot);
        return slot;
    }

    /** The slot stays the node's, for when it comes back. */
    void remove(int slot) {
        leavePlaces(slot);
        present.clear(slot);
        plain.clear(slot);
        touch(slot);
    }

    private void hold(int slot, Set<DataName> before, Set<DataName> now) {
        before.forEach(data -> holders.computeIfAbsent(data, _ -> new BitSet()).clear(slot));
        now.forEach(data -> holders.computeIfAbsent(data, _ -> new BitSet()).set(slot));
    }

    /** The nodes that hold a copy; it changes as they do. */
    BitSet holders(DataName data) {
        return holders.computeIfAbsent(data, _ -> new BitSet());
    }

    private void makeRoom(int slot) {
        if (slot >= freeCpu.length) {
            int size = Math.max(16, slot * 2);
            freeCpu = Arrays.copyOf(freeCpu, size);
            freeMemory = Arrays.copyOf(freeMemory, size);
            allCpu = Arrays.copyOf(allCpu, size);
            allMemory = Arrays.copyOf(allMemory, size);
            graphics = Arrays.copyOf(graphics, size);
            works = Arrays.copyOf(works, size);
            latest = Arrays.copyOf(latest, size);
            cpuParts = Arrays.copyOf(cpuParts, size);
            memoryParts = Arrays.copyOf(memoryParts, size);
            domain = Arrays.copyOf(domain, size);
            site = Arrays.copyOf(site, size);
            rank = Arrays.copyOf(rank, size);
        }
    }

    private void enterPlaces(int slot, PlacementNode next) {
        domain[slot] = number(domains, inDomain, next.location());
        site[slot] = number(sites, atSite, next.location().site());
        if (site[slot] == siteNames.size()) {
            siteNames.add(next.location().site());
        }
        inDomain.get(domain[slot]).add(slot);
        atSite.get(site[slot]).add(slot);
        moves++;
    }

    private void leavePlaces(int slot) {
        inDomain.get(domain[slot]).remove(slot);
        atSite.get(site[slot]).remove(slot);
    }

    private static <P> int number(Map<P, Integer> numbers, List<IntList> members, P place) {
        return numbers.computeIfAbsent(place, _ -> {
            members.add(new IntList());
            return members.size() - 1;
        });
    }

    private void count(int slot, PlacementNode next) {
        int cpu = next.cpuForWork();
        long memory = next.memoryForWork();
        allCpu[slot] = Math.max(1, cpu);
        allMemory[slot] = Math.max(1, memory);
        cpuParts[slot] = (500L << PARTS) / allCpu[slot];
        memoryParts[slot] = (500L << PARTS) / Math.max(1, allMemory[slot] >> MEBI);
        graphics[slot] = next.hardware()
                .devices(GraphicsCard.class)
                .anyMatch(card -> card.memory().isPresent());
        for (Held work : held.get(slot)) {
            cpu -= work.workload().demand().cpu().millis();
            memory -= work.workload().demand().memory().bytes();
        }
        freeCpu[slot] = cpu;
        freeMemory[slot] = memory;
    }

    void take(Held work) {
        int slot = work.slot();
        held.get(slot).add(work);
        works[slot]++;
        ledger.get(slot).take(work);
        freeCpu[slot] -= work.workload().demand().cpu().millis();
        freeMemory[slot] -= work.workload().demand().memory().bytes();
        touch(slot);
    }

    void release(Held work) {
        int slot = work.slot();
        held.get(slot).remove(work);
        works[slot]--;
        ledger.get(slot).giveBack(work);
        freeCpu[slot] += work.workload().demand().cpu().millis();
        freeMemory[slot] += work.workload().demand().memory().bytes();
        touch(slot);
    }

    private void touch(int slot) {
        latest[slot] = changes;
        changed[(int) (changes++ & (REMEMBERED - 1))] = slot;
    }

    /** How many changes there were so far. */
    long changes() {
        return changes;
    }

    /** How often a node came to stand somewhere. */
    long moves() {
        return moves;
    }

    /** Whether all changes after that many are still known. */
    boolean remembers(long since) {
        return changes - since <= REMEMBERED;
    }

    /** Whether no later change is to the same slot. */
    boolean isLatest(long change) {
        return latest[changed(change)] == change;
    }

    int changed(long change) {
        return changed[(int) (change & (REMEMBERED - 1))];
    }

    /** One more than the highest slot in use. */
    int size() {
        return node.size();
    }

    boolean isPresent(int slot) {
        return present.get(slot);
    }

    BitSet present() {
        return present;
    }

    /** The nodes that take any work: open, without taints. */
    BitSet plain() {
        return plain;
    }

    /** The node's slot, or -1. */
    int slot(NodeId id) {
        Integer slot = slots.get(id);
        return slot != null && present.get(slot) ? slot : -1;
    }

    PlacementNode node(int slot) {
        return node.get(slot);
    }

    Ledger ledger(int slot) {
        return ledger.get(slot);
    }

    List<Held> held(int slot) {
        return held.get(slot);
    }

    int freeCpu(int slot) {
        return freeCpu[slot];
    }

    long freeMemory(int slot) {
        return freeMemory[slot];
    }

    boolean hasGraphics(int slot) {
        return graphics[slot];
    }

    boolean hasRoomFor(int slot, int cpu, long memory) {
        return freeCpu[slot] >= cpu && freeMemory[slot] >= memory;
    }

    boolean isEmpty(int slot) {
        return works[slot] == 0;
    }

    /** How full the node would be with this, the mean of processor and memory, 0 to 1000. */
    int fill(int slot, int cpu, int mebibytes) {
        return (int) (((allCpu[slot] - freeCpu[slot] + cpu) * cpuParts[slot]
                        + (((allMemory[slot] - freeMemory[slot]) >> MEBI) + mebibytes) * memoryParts[slot])
                >> PARTS);
    }

    int place(Scope scope, int slot) {
        return switch (scope) {
            case NODE -> slot;
            case FAILURE_DOMAIN -> domain[slot];
            case SITE -> site[slot];
        };
    }

    int places(Scope scope) {
        return switch (scope) {
            case NODE -> node.size();
            case FAILURE_DOMAIN -> inDomain.size();
            case SITE -> atSite.size();
        };
    }

    SiteName siteName(int number) {
        return siteNames.get(number);
    }

    int site(int slot) {
        return site[slot];
    }

    /** The slots at a place; none of a node's own. */
    IntList slotsAt(Scope scope, int place) {
        return switch (scope) {
            case NODE -> throw new PlacementException("node " + node.get(place).id() + " is its own and only slot");
            case FAILURE_DOMAIN -> inDomain.get(place);
            case SITE -> atSite.get(place);
        };
    }

    /** The order among nodes that are equally good: by id, whatever the order in which they came. */
    int rank(int slot) {
        return rank[slot];
    }

    /** Must be called before ranks are asked for; nodes that are there keep their order among themselves. */
    void order() {
        if (ranked) {
            return;
        }
        int[] byId = IntStream.range(0, node.size())
                .boxed()
                .sorted(Comparator.comparing(slot -> node.get(slot).id()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int at = 0; at < byId.length; at++) {
            rank[byId[at]] = at;
        }
        ranked = true;
        orders++;
    }

    /** How often ranks were given anew. */
    int orders() {
        return orders;
    }
}
