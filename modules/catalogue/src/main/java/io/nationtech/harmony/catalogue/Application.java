package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.project.JavaNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An application that many people run. Its source is read when it is asked for.
 *
 * @param name of its deployment
 */
public record Application(DeploymentName name) implements Comparable<Application> {
    private static final List<Application> ALL = Stream.of(
                    "frigate",
                    "gitea",
                    "grafana",
                    "home-assistant",
                    "immich",
                    "jellyfin",
                    "mosquitto",
                    "nextcloud",
                    "node-red",
                    "paperless-ngx",
                    "pi-hole",
                    "vaultwarden")
            .map(DeploymentName::of)
            .map(Application::new)
            .toList();

    /** All of them, by their names. */
    public static List<Application> all() {
        return ALL;
    }

    /** The one of that name. */
    public static Optional<Application> named(String name) {
        return ALL.stream().filter(one -> one.name.value().equals(name)).findFirst();
    }

    /** What it is, in one line. */
    public String line() {
        return source().line();
    }

    /** Those whose services it uses. */
    public List<Application> needs() {
        Source source = source();
        return ALL.stream()
                .filter(other -> !other.equals(this) && source.uses(other))
                .toList();
    }

    Source source() {
        return Source.of(this);
    }

    /** Of its package, its folder in Java. */
    String part() {
        return name.value().replace("-", "");
    }

    /** Its class. */
    String type() {
        return JavaNames.type(name.value(), Set.of());
    }

    @Override
    public int compareTo(Application other) {
        return name.value().compareTo(other.name.value());
    }
}
