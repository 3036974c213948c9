package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
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
 */
@Since(5)
public record SharedNetwork(
        ServiceName name,
        List<ContainerName> members,
        @Since(6) Set<ContainerName> onHostNetwork) {
    private static final int FEWEST = 2;
    private static final int MOST = 16;

    public SharedNetwork {
        members = List.copyOf(members);
        onHostNetwork = Set.copyOf(onHostNetwork);
        if (members.size() < FEWEST || members.size() > MOST || new HashSet<>(members).size() < members.size()) {
            throw new InvalidValueException("network '%s' is shared by %s; it takes %d to %d different containers"
                    .formatted(name, members, FEWEST, MOST));
        }
    }

    /** One that none of them avoids. */
    public SharedNetwork(ServiceName name, List<ContainerName> members) {
        this(name, members, Set.of());
    }

    /** The same, of which one has another name. */
    SharedNetwork renamed(ContainerName before, ContainerName now) {
        UnaryOperator<ContainerName> change = member -> member.equals(before) ? now : member;
        return new SharedNetwork(
                name,
                members.stream().map(change).toList(),
                onHostNetwork.stream().map(change).collect(Collectors.toUnmodifiableSet()));
    }

    /** Those who start before that one. */
    public List<ContainerName> before(ContainerName member) {
        return members.subList(0, members.indexOf(member));
    }

    /** Which group it is of, and who is in it, on one line for people. */
    @Override
    public String toString() {
        return "%s (%s)"
                .formatted(name, members.stream().map(ContainerName::value).collect(Collectors.joining(", ")));
    }
}
