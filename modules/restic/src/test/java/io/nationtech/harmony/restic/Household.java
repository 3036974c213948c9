package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.NodeData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A node with volumes and a share, which are folders, and containers that only note what is done to them. */
final class Household implements NodeData, SecretValues {
    final Path root;
    final NodeId node;
    final List<String> done = new CopyOnWriteArrayList<>();
    final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("backup-password", "correct horse"));
    private final Path share;
    volatile Optional<Cause> shareAway = Optional.empty();
    volatile Instant now = Instant.parse("2026-11-28T12:00:00Z");

    Household(Path root, NodeId node, Path share) {
        this.root = root;
        this.node = node;
        this.share = share;
    }

    ResticDriver driver() {
        return new ResticDriver(
                new NodeContext(
                        node,
                        root.resolve("state"),
                        root.resolve("run"),
                        _ -> Optional.empty(),
                        () -> now,
                        System::nanoTime),
                ZoneOffset.UTC);
    }

    Means means() {
        return new Means(this, _ -> Optional.empty(), this);
    }

    /** Where a volume is, which is made. */
    Path volume(String name) {
        try {
            return Files.createDirectories(root.resolve("volumes").resolve(name).resolve("_data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Path> volume(DeploymentName deployment, DataName volume) {
        return Optional.of(root.resolve("volumes").resolve(volume.value()).resolve("_data"))
                .filter(Files::isDirectory);
    }

    @Override
    public ShareFolder share(ShareName name) {
        return shareAway.<ShareFolder>map(ShareFolder.Away::new).orElseGet(() -> new ShareFolder.There(share));
    }

    @Override
    public List<String> command(
            DeploymentName deployment, ContainerName container, Arguments program, Map<String, String> environment) {
        return program.words();
    }

    @Override
    public Hold hold(DeploymentName deployment, Set<ContainerName> containers, Rest rest) {
        done.add("%s %s".formatted(rest, containers));
        return () -> done.add("go on " + containers);
    }

    @Override
    public Optional<Cause> lend(MountedSecret secret, Consumer<byte[]> reader) {
        Optional<String> value = Optional.ofNullable(secrets.get(secret.ref().name()));
        value.ifPresent(text -> reader.accept(text.getBytes(StandardCharsets.UTF_8)));
        return value.isPresent()
                ? Optional.empty()
                : Optional.of(new Cause(
                        "there is no secret '%s'".formatted(secret.ref().name()), "test", "set it"));
    }
}
