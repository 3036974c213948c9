package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.endpoint.Endpoint;
import io.nationtech.harmony.endpoint.UsedEndpoints;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who uses services of a deployment from elsewhere.
 *
 * @param users what each uses
 */
record EndpointUsers(SortedMap<DeploymentName, SortedSet<Endpoint>> users) {

    /** As nodes are told. */
    static EndpointUsers of(DeploymentName owner, Inventory fleet) {
        SortedMap<DeploymentName, SortedSet<Endpoint>> users = new TreeMap<>();
        fleet.nodes().stream()
                .flatMap(node -> node.desired().values().stream())
                .forEach(desired -> desired.value().resources().stream()
                        .filter(UsedEndpoints.class::isInstance)
                        .map(UsedEndpoints.class::cast)
                        .flatMap(used -> used.endpoints().stream())
                        .filter(endpoint -> endpoint.deployment().equals(owner))
                        .forEach(endpoint -> users.computeIfAbsent(
                                        desired.value().deployment(), _ -> new TreeSet<>())
                                .add(endpoint)));
        return new EndpointUsers(users);
    }

    /** Tells whoever withdraws it. */
    void tell(Terminal terminal) {
        users.forEach((user, endpoints) ->
                terminal.say("deployment '%s' uses %s, and finds nobody there from now on".formatted(user, endpoints)));
    }
}
