package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Why the copies of one service are where they are, or nowhere.
 *
 * @param copies of all copies, at least one, by number
 */
public record ServiceExplanation(ServiceRef service, List<Explanation> copies) {
    public ServiceExplanation {
        copies = List.copyOf(copies);
        if (copies.isEmpty()) {
            throw new InvalidValueException("service '%s' has no copy to explain".formatted(service));
        }
    }

    /** The copies that have a node. */
    public List<Explanation> placed() {
        return copies.stream().filter(copy -> copy.chosen().isPresent()).toList();
    }

    /** The copies that have none. */
    public List<Explanation> homeless() {
        return copies.stream().filter(copy -> copy.chosen().isEmpty()).toList();
    }

    /**
     * The nodes that have no copy, and what they are to one that has no place; where all have one, to the last of them. The best first.
     */
    public List<Explanation.Other> others() {
        Set<NodeId> chosen = new HashSet<>();
        copies.forEach(copy -> copy.chosen().ifPresent(chosen::add));
        Explanation told = homeless().isEmpty() ? copies.getLast() : homeless().getFirst();
        return told.others().stream()
                .filter(other -> !chosen.contains(other.node()))
                .toList();
    }

    /**
     * A few lines for a person.
     *
     * @param lines at most so many for single nodes
     */
    public String render(int lines) {
        if (copies.size() == 1) {
            return copies.getFirst().render(lines);
        }
        var text = new StringBuilder("%s has %d of %d copies placed (each wants %s)%n"
                .formatted(
                        service,
                        placed().size(),
                        copies.size(),
                        copies.getFirst().wanted()));
        placed().stream().limit(lines).forEach(copy -> text.append(copy.chosenLine()));
        if (placed().size() > lines) {
            text.append("  … %d more copies%n".formatted(placed().size() - lines));
        }
        Explanation.lines(text, others(), Math.max(1, lines - placed().size()));
        return text.toString();
    }
}
