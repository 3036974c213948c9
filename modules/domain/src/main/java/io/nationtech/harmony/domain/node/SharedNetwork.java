package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A network of a node's own that some containers of a deployment share: there each reaches the others by their names, whether or not they
 * publish anything.
 *
 * @param name of the group of services; unique in its deployment
 * @param members all of them, 2 to 16, in the order in which they start; their addresses follow from it
 * @param onHostNetwork those of them that are on their node's network instead, and are reached there
 * @param carriers of those that have the network of another member, that one; there they are reached
 */
@Since(5)
public record SharedNetwork(
        ServiceName name,
        List<ContainerName> members,
        @Since(6) Set<ContainerName> onHostNetwork,
        @Since(8) Map<ContainerName, ContainerName> carriers) {
    private static final int FEWEST = 2;
    private static final int MOST = 16;

    public SharedNetwork {
        members = List.copyOf(members);
        onHostNetwork = Set.copyOf(onHostNetwork);
        carriers = Map.copyOf(carriers);
        if (members.size() < FEWEST || members.size() > MOST || new HashSet<>(members).size() < members.size()) {
            throw new InvalidValueException("network '%s' is shared by %s; it takes %d to %d different containers"
                    .formatted(name, members, FEWEST, MOST));
        }
        for (ContainerName carried : carriers.keySet()) {
            requireCarrier(carried, name, members, onHostNetwork, carriers);
        }
    }

    /** One that none of them avoids. */
    public SharedNetwork(ServiceName name, List<ContainerName> members) {
        this(name, members, Set.of(), Map.of());
    }

    private static void requireCarrier(
            ContainerName carried,
            ServiceName network,
            List<ContainerName> members,
            Set<ContainerName> onHostNetwork,
            Map<ContainerName, ContainerName> carriers) {
        ContainerName carrier = carriers.getOrDefault(carried, carried);
        if (!members.contains(carried) || !members.contains(carrier)) {
            throw new InvalidValueException(
                    "container '%s' goes through '%s', and the two are not both in group '%s': name both in it"
                            .formatted(carried, carrier, network));
        }
        if (carriers.containsKey(carrier)) {
            throw new InvalidValueException(
                    "container '%s' goes through '%s', which has no network of its own, as it goes through '%s' itself; let both go through that"
                            .formatted(carried, carrier, carriers.get(carrier)));
        }
        if (onHostNetwork.contains(carrier)) {
            throw new InvalidValueException(
                    "container '%s' goes through '%s', which is on its node's network, and would be there too; give '%s' a network of its own"
                            .formatted(carried, carrier, carrier));
        }
    }

    /** The same, of which one has another name. */
    SharedNetwork renamed(ContainerName before, ContainerName now) {
        UnaryOperator<ContainerName> change = member -> member.equals(before) ? now : member;
        return new SharedNetwork(
                name,
                members.stream().map(change).toList(),
                onHostNetwork.stream().map(change).collect(Collectors.toUnmodifiableSet()),
                carriers.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                one -> change.apply(one.getKey()), one -> change.apply(one.getValue()))));
    }

    /** Those who start before that one. */
    public List<ContainerName> before(ContainerName member) {
        return members.subList(0, members.indexOf(member));
    }

    /** Which group it is of, and who is in it, on one line for people. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(name, members.stream().map(this::text).collect(Collectors.joining(", ")));
    }

    private String text(ContainerName member) {
        return carriers.containsKey(member) ? "%s through %s".formatted(member, carriers.get(member)) : member.value();
    }
}
