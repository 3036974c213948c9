package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text with the host names of services in it. Made by {@link LastingService#host()} and {@link LastingService#address}, so that a name is that of a
 * service which there is, and follows it when it is renamed: {@code db.address(Port.of(5432)).after("postgres://").before("/shop")}.
 *
 * @param reached the services that are named in it
 */
public record HostText(String text, Set<ServiceName> reached) {
    public HostText {
        reached = Set.copyOf(reached);
        EnvText.of(text);
    }

    /** The name by which a container finds its node, which podman puts into its {@code /etc/hosts}. */
    public static HostText ofNode() {
        return new HostText("host.containers.internal", Set.of());
    }

    static HostText of(ServiceName service) {
        return new HostText(service.value(), Set.of(service));
    }

    /** With something before it, as in {@code after("http://")}. */
    public HostText after(String beginning) {
        return new HostText(beginning + text, reached);
    }

    /** With something behind it, as in {@code before("/api")}. */
    public HostText before(String end) {
        return new HostText(text + end, reached);
    }

    /** With other services behind it. */
    public HostText before(HostText end) {
        return new HostText(
                text + end.text,
                Stream.concat(reached.stream(), end.reached.stream()).collect(Collectors.toSet()));
    }

    @Override
    public String toString() {
        return text;
    }
}
