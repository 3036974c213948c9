package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Shortfall;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why work is where it is, or nowhere.
 *
 * @param wanted its demand and needs, for people
 * @param chosen where it is
 * @param others all nodes, the best first: those that will do by points, then those that miss the least
 */
public record Explanation(WorkloadId workload, String wanted, Optional<NodeId> chosen, List<Other> others) {

    /** What one node is to the work. */
    public record Other(NodeId node, Verdict verdict) {}

    /** Whether a node will do. */
    public sealed interface Verdict {}

    /** It will do, and is so good. */
    public record Fits(Points points) implements Verdict {
        @Override
        public String toString() {
            return "would do by now, with " + points;
        }
    }

    /**
     * It will not do.
     *
     * @param requirement the first that failed
     * @param miss by how much
     * @param more how many others failed too
     */
    public record Unfit(String requirement, Shortfall miss, int more) implements Verdict {
        static Unfit of(List<Misses.Missed> missed) {
            return new Unfit(missed.getFirst().requirement(), missed.getFirst().miss(), missed.size() - 1);
        }

        @Override
        public String toString() {
            return "%s — %s%s".formatted(requirement, miss.text(), more == 0 ? "" : " (and %d more)".formatted(more));
        }
    }

    private static final Comparator<Other> BEST_FIRST = Comparator.comparingInt(Explanation::failures)
            .thenComparingInt(Explanation::goodness)
            .thenComparing(Other::node);

    static Explanation of(Workload workload, Optional<NodeId> chosen, List<Other> others) {
        return new Explanation(
                workload.id(),
                wanted(workload),
                chosen,
                others.stream().sorted(BEST_FIRST).toList());
    }

    private static String wanted(Workload workload) {
        return Stream.of(
                        Stream.of(workload.demand()),
                        workload.needs().all().stream(),
                        workload.shares().stream().sorted().map(share -> "share " + share),
                        workload.ports().stream().sorted().map(port -> "port " + port))
                .flatMap(each -> each)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private static int failures(Other other) {
        return switch (other.verdict) {
            case Fits _ -> 0;
            case Unfit unfit -> 1 + unfit.more;
        };
    }

    private static int goodness(Other other) {
        return switch (other.verdict) {
            case Fits fits -> -fits.points.total();
            case Unfit unfit -> unfit.miss.shortfall();
        };
    }

    /** The node that misses the least; empty when one will do. */
    public Optional<Other> closest() {
        return others.stream().findFirst().filter(other -> other.verdict instanceof Unfit);
    }

    /**
     * One screen for a person: where it is and why, the nodes that come closest, and the rest by what they miss first.
     *
     * @param lines at most so many for single nodes
     */
    public String render(int lines) {
        var text = new StringBuilder();
        text.append(chosen.map(node -> "%s runs on %s".formatted(workload, node))
                .orElse("%s runs nowhere: none of %d nodes will do".formatted(workload, others.size())));
        text.append(" (wants ").append(wanted).append(")\n").append(chosenLine());
        List<Other> left = others.stream().filter(other -> !isChosen(other)).toList();
        lines(text, left, chosen.isPresent() ? lines - 1 : lines);
        return text.toString();
    }

    /** The line of the node where it is; empty when it is nowhere. */
    String chosenLine() {
        return others.stream()
                .filter(this::isChosen)
                .map(other -> line("✔", other))
                .collect(Collectors.joining());
    }

    private boolean isChosen(Other other) {
        return chosen.filter(other.node::equals).isPresent();
    }

    /** Nodes where it is not: so many lines, and one for the rest. */
    static void lines(StringBuilder text, List<Other> others, int lines) {
        others.stream().limit(lines).forEach(other -> text.append(line(fits(other) ? "·" : "✘", other)));
        rest(text, others.stream().skip(lines).toList());
    }

    private static String line(String mark, Other other) {
        String said = switch (other.verdict) {
            case Fits(Points points) -> points.toString();
            case Unfit unfit -> unfit.toString();
        };
        return "  %s %-16s %s%n".formatted(mark, other.node, said);
    }

    private static boolean fits(Other other) {
        return other.verdict instanceof Fits;
    }

    private static void rest(StringBuilder text, List<Other> rest) {
        if (rest.isEmpty()) {
            return;
        }
        Map<String, Long> reasons = rest.stream()
                .map(other -> other.verdict instanceof Unfit unfit ? unfit.requirement : "would do, with fewer points")
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        text.append("  … %d more:".formatted(rest.size()));
        reasons.forEach((reason, count) -> text.append(" %d × %s;".formatted(count, reason)));
        text.setCharAt(text.length() - 1, '\n');
    }
}
