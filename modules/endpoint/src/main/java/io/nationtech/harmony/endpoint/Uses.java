package io.nationtech.harmony.endpoint;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NameResolution;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Services of other deployments that a score's containers use: {@code frigate.with(Uses.of(Mosquitto.BROKER))}. They find each by its name, at the port
 * that it listens at, wherever its replicas run; nothing of theirs changes when those move. Connections go to replicas that are healthy, and are refused
 * while there are none.
 *
 * @param endpoints at least one
 * @param env variables that tell where these are
 */
public record Uses(Set<Endpoint> endpoints, Map<EnvName, EndpointText> env) implements Extension<ServiceDiscovery> {
    public Uses {
        endpoints = Set.copyOf(endpoints);
        env = Map.copyOf(env);
        if (endpoints.isEmpty()) {
            throw new InvalidValueException("a score that uses services of others names one at least");
        }
        requireAddressesOfTheirOwn(endpoints);
    }

    /** One in a hundred thousand pairs of names has the same address; it tells which. */
    private static void requireAddressesOfTheirOwn(Set<Endpoint> endpoints) {
        Map<String, Endpoint> owners = new HashMap<>();
        for (Endpoint endpoint : new TreeSet<>(endpoints)) {
            Endpoint owner = owners.putIfAbsent(endpoint.at().withPort(endpoint.port()), endpoint);
            if (owner != null) {
                throw new InvalidValueException(
                                "%s and %s come to the same address, %s, by chance; rename one of the two services"
                                        .formatted(owner, endpoint, endpoint.at()))
                        .about(endpoint);
            }
        }
    }

    /** These services. */
    public static Uses of(Endpoint first, Endpoint... others) {
        Set<Endpoint> all = new HashSet<>(Set.of(others));
        all.add(first);
        return new Uses(all, Map.of());
    }

    /**
     * The same, with a variable in the containers' environment that tells where one is, which thereby is used.
     *
     * @throws InvalidValueException when that variable tells something else already
     */
    public Uses env(EnvName variable, EndpointText where) {
        Map<EnvName, EndpointText> all = new HashMap<>(env);
        if (all.put(variable, where) != null) {
            throw new InvalidValueException(
                            "variable %s tells of two endpoints; a variable has one value".formatted(variable))
                    .about(variable);
        }
        Set<Endpoint> with = new HashSet<>(endpoints);
        with.add(where.endpoint());
        return new Uses(with, all);
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        UsedEndpoints used = new UsedEndpoints(
                ResourceName.of(base.name().value()),
                endpoints.stream().sorted().toList());
        return new Expansion.Runs(
                tasks.stream().map(task -> using(base, task, used)).toList());
    }

    private Task using(Score<?> base, Task task, UsedEndpoints used) {
        if (task.resources().stream().anyMatch(UsedEndpoints.class::isInstance)) {
            throw new InvalidValueException(
                            "score '%s' says twice which services of others it uses; name all of them in one Uses.of(…)"
                                    .formatted(base.name()))
                    .about(base);
        }
        return task.containers(base, "services of other deployments", container -> told(base, container))
                .and(used);
    }

    private Container told(Score<?> base, Container container) {
        Set<EnvName> there = container.execution().env().keySet();
        env.keySet().stream().filter(there::contains).sorted().findFirst().ifPresent(variable -> {
            throw new InvalidValueException("container '%s' of score '%s' has variable %s already; say it once"
                            .formatted(container.name(), base.name(), variable))
                    .about(variable);
        });
        NameResolution names = container.network().names();
        for (Endpoint endpoint : endpoints) {
            names = names.host(endpoint.name(), endpoint.at());
        }
        Container reaching = container.with(container.network().with(names));
        for (Map.Entry<EnvName, EndpointText> variable : env.entrySet()) {
            reaching = reaching.env(
                    variable.getKey(), EnvText.of(variable.getValue().text()));
        }
        return reaching;
    }
}
