package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.docker.socket.DockerAccess;
import io.nationtech.harmony.docker.socket.DockerEndpoint;
import io.nationtech.harmony.docker.socket.DockerEndpointKind;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.SetDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Has podman answer by Docker's API while a container of the node wants that: by a socket of its own for those that may do everything, and through
 * haproxy for those that may ask what runs.
 */
public final class DockerSocketDriver implements SetDriver<DockerEndpoint> {
    private static final DockerEndpointKind KIND = new DockerEndpointKind();
    private static final Path PODMAN = Path.of("/usr/bin/podman");
    /** The agent may write there, and has systemd link to it. */
    private static final Path UNITS = Path.of("/etc/containers/harmony");

    private static final String LISTING = "listing";
    private static final String CONTROL = "control";

    private final Path folder;
    private final DockerService service;

    DockerSocketDriver(Path folder, DockerService service) {
        this.folder = folder;
        this.service = service;
    }

    /** For {@link java.util.ServiceLoader}; a node without podman or haproxy has no such sockets. */
    public static DriverProvider provider() {
        return context ->
                HaproxyDriver.program().filter(_ -> Files.isExecutable(PODMAN)).map(haproxy -> of(context, haproxy));
    }

    private static DockerSocketDriver of(NodeContext context, Path haproxy) {
        boolean isBySystemd = Proxy.isBySystemd(context);
        Path folder = isBySystemd
                ? context.onDisk(KIND.name()).resolve(context.node().value())
                : context.inMemory(KIND.name());
        return new DockerSocketDriver(
                folder,
                isBySystemd
                        ? new DockerUnits(PODMAN, haproxy, folder, UNITS)
                        : new DockerDaemons(PODMAN, haproxy, folder));
    }

    @Override
    public ResourceKind<DockerEndpoint> kind() {
        return KIND;
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        Set<Owned> own = made().of(deployment).keySet();
        if (own.isEmpty()) {
            return List.of();
        }
        boolean isRunning = service.isRunning();
        return own.stream()
                .map(Owned::resource)
                .map(id -> isRunning
                        ? ResourceStatus.of(id, Phase.READY)
                        : ResourceStatus.of(id, Phase.STOPPED).detail("podman does not answer"))
                .toList();
    }

    private Loaded made() {
        return Loaded.read(folder, KIND.name());
    }

    @Override
    public Map<Owned, Outcome> converge(Map<Owned, DockerEndpoint> all, Function<DeploymentName, Means> means) {
        try {
            return all.isEmpty() ? end() : make(all);
        } catch (IOException | UncheckedIOException e) {
            return everyFailed(all.keySet(), "its files cannot be written: " + e);
        }
    }

    private Map<Owned, Outcome> end() throws IOException {
        if (Files.isDirectory(folder)) {
            service.stop();
            Loaded.forget(folder);
            Files.delete(folder);
        }
        return Map.of();
    }

    private Map<Owned, Outcome> make(Map<Owned, DockerEndpoint> all) throws IOException {
        boolean wasRunning = service.isRunning();
        Optional<String> failure = service.start();
        if (failure.isPresent()) {
            return everyFailed(all.keySet(), failure.get());
        }
        Loaded before = made();
        SortedMap<Owned, String> access = new TreeMap<>();
        all.forEach((owned, endpoint) -> access.put(owned, text(endpoint.access())));
        Loaded after = new Loaded(access);
        if (!after.equals(before)) {
            after.write(folder);
        }
        return after.since(
                wasRunning ? before : Loaded.NOTHING,
                one -> "%s answers: %s".formatted(one.getKey().resource(), one.getValue()));
    }

    private static String text(DockerAccess access) {
        return switch (access) {
            case DockerAccess.Listing() -> LISTING;
            case DockerAccess.Control(var because) -> "%s, as %s".formatted(CONTROL, because);
        };
    }

    @Override
    public Optional<Path> path(DeploymentName deployment, ResourceId resource) {
        return Optional.ofNullable(made().digests().get(new Owned(deployment, resource)))
                .flatMap(access -> access.equals(LISTING) ? service.listing() : service.control());
    }

    private static Map<Owned, Outcome> everyFailed(Set<Owned> all, String why) {
        return Loaded.failed(
                all,
                new Cause(
                        "podman cannot be asked by Docker's API: " + why,
                        "this node",
                        "what answers elsewhere goes on; try by hand: podman system service --time=5 unix:///run/try.sock"));
    }
}
