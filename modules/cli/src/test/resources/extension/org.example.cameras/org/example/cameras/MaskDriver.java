package org.example.cameras;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.ResourceDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps masks where the cameras' firmware looks for them: one file each. */
public record MaskDriver(Path folder) implements InstanceDriver<Mask> {

    /** Makes one for a node. */
    public static final class Provider implements DriverProvider {
        @Override
        public Optional<ResourceDriver<?>> driver(NodeContext context) {
            return Optional.of(new MaskDriver(context.state().resolve("camera-mask")));
        }
    }

    @Override
    public ResourceKind<Mask> kind() {
        return new MaskKind();
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        Path of = folder.resolve(deployment.value());
        if (!Files.isDirectory(of)) {
            return List.of();
        }
        try (Stream<Path> masks = Files.list(of)) {
            return masks.map(mask -> ResourceStatus.of(id(mask), ResourceStatus.Phase.READY))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResourceId id(Path mask) {
        return new ResourceId(
                KindName.of("camera-mask"), ResourceName.of(mask.getFileName().toString()));
    }

    @Override
    public Outcome converge(DeploymentName deployment, Mask mask, Means means) {
        Path file = file(deployment, mask.id());
        try {
            if (Files.exists(file) && Files.readString(file).equals(mask.area())) {
                return new Outcome.Unchanged();
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, mask.area());
            return new Outcome.Changed("mask " + mask.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Outcome remove(DeploymentName deployment, ResourceId mask) {
        try {
            return Files.deleteIfExists(file(deployment, mask))
                    ? new Outcome.Changed("no mask " + mask.name())
                    : new Outcome.Unchanged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(DeploymentName deployment, ResourceId mask) {
        return folder.resolve(deployment.value()).resolve(mask.name().value());
    }
}
