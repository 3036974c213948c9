package io.nationtech.harmony.borrowed.data;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Leads containers to volumes of other deployments: keeps a link to each, and nothing of what is in it. While a volume is not there its users are not
 * started, as nobody but its owner makes it.
 */
public final class BorrowedDataDriver implements InstanceDriver<BorrowedData> {
    private static final BorrowedDataKind KIND = new BorrowedDataKind();

    /** What is not in place yet; no resource is named so. */
    private static final String FRESH = ".new";

    private final Path links;

    /** Of what podman told where it is: it is asked again once that is not there. */
    private final Map<Owned, Found> found = new ConcurrentHashMap<>();

    private record Found(OfferedVolume volume, Path at) {}

    /**
     * @param links the folder of its links, over a restart of the machine
     */
    public BorrowedDataDriver(Path links) {
        this.links = links;
    }

    /** For {@link java.util.ServiceLoader}. */
    public static DriverProvider provider() {
        return context -> Optional.of(new BorrowedDataDriver(context.onDisk(KIND.name())));
    }

    @Override
    public ResourceKind<BorrowedData> kind() {
        return KIND;
    }

    /** What keeps volumes says so itself. */
    @Override
    public Set<Class<? extends Capability>> offers() {
        return Set.of();
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        Path folder = links.resolve(deployment.value());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(BorrowedDataDriver::isWhole)
                    .sorted()
                    .map(BorrowedDataDriver::status)
                    .toList();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(trouble("cannot be listed", deployment, e));
        }
    }

    private static boolean isWhole(Path link) {
        return Files.isSymbolicLink(link) && !link.endsWith(FRESH);
    }

    /** A link that leads nowhere is one to a volume that is gone. */
    private static ResourceStatus status(Path link) {
        ResourceId id =
                new ResourceId(KIND.name(), ResourceName.of(link.getFileName().toString()));
        return Files.isDirectory(link)
                ? ResourceStatus.of(id, Phase.READY)
                : ResourceStatus.of(id, Phase.STOPPED).detail("its owner keeps no such volume on this node now");
    }

    @Override
    public Outcome converge(DeploymentName deployment, BorrowedData data, Means means) {
        try {
            Path link = link(deployment, data.name());
            Optional<Path> volume = find(new Owned(deployment, data.id()), data.volume(), means.data());
            if (volume.isEmpty()) {
                if (Files.isDirectory(link)) {
                    // It leads to another one.
                    Files.delete(link);
                }
                return new Outcome.Failed(away(deployment, data));
            }
            if (target(link).equals(volume)) {
                return new Outcome.Unchanged();
            }
            write(link, volume.get());
            return new Outcome.Changed("volume %s is at hand for %s".formatted(data.volume(), deployment));
        } catch (RuntimeUnavailableException e) {
            return new Outcome.Failed(e.why());
        } catch (IOException e) {
            return new Outcome.Failed(trouble("'%s' cannot be written".formatted(data.name()), deployment, e));
        }
    }

    private Optional<Path> find(Owned owned, OfferedVolume volume, NodeData node) {
        Found before = found.get(owned);
        if (before != null && before.volume().equals(volume) && Files.isDirectory(before.at())) {
            return Optional.of(before.at());
        }
        found.remove(owned);
        Optional<Path> now = node.volume(volume.deployment(), volume.volume()).filter(Files::isDirectory);
        now.ifPresent(at -> found.put(owned, new Found(volume, at)));
        return now;
    }

    private static Cause away(DeploymentName deployment, BorrowedData data) {
        OfferedVolume volume = data.volume();
        return new Cause(
                "deployment '%s' borrows volume '%s' of '%s', which is not on this node"
                        .formatted(deployment, volume.volume(), volume.deployment()),
                "this node; service '%s' of '%s' keeps it".formatted(volume.service(), volume.deployment()),
                "`harmony status %s` tells where it runs: once it runs here, what borrows from it starts by itself; if it runs elsewhere, deploy '%s' again, which follows it"
                        .formatted(volume.deployment(), deployment));
    }

    @Override
    public Optional<Path> path(DeploymentName deployment, ResourceId resource) {
        return resource.name().value().contains("/")
                ? Optional.empty()
                : target(link(deployment, resource.name())).filter(Files::isDirectory);
    }

    @Override
    public Outcome remove(DeploymentName deployment, ResourceId resource) {
        found.remove(new Owned(deployment, resource));
        try {
            boolean wasThere = Files.deleteIfExists(link(deployment, resource.name()));
            Folders.deleteIfEmpty(links.resolve(deployment.value()));
            return wasThere
                    ? new Outcome.Changed("borrowed data %s given back".formatted(resource.name()))
                    : new Outcome.Unchanged();
        } catch (IOException e) {
            return new Outcome.Failed(trouble("'%s' cannot be removed".formatted(resource.name()), deployment, e));
        }
    }

    private Path link(DeploymentName deployment, ResourceName name) {
        return links.resolve(deployment.value()).resolve(name.value());
    }

    private static Optional<Path> target(Path link) {
        try {
            return Files.isSymbolicLink(link) ? Optional.of(Files.readSymbolicLink(link)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** There is the one before or the new one, also after a power cut. */
    private static void write(Path link, Path volume) throws IOException {
        Files.createDirectories(link.resolveSibling(""));
        Path fresh = link.resolveSibling(FRESH);
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, volume);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    }

    private Cause trouble(String what, DeploymentName deployment, IOException e) {
        return new Cause(
                "the link to borrowed data %s: %s".formatted(what, e),
                "deployment %s, %s".formatted(deployment, links),
                "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on");
    }
}
