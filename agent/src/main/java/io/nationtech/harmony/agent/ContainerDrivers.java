package io.nationtech.harmony.agent;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.podman.LocalRuntime;
import io.nationtech.harmony.podman.NodeShares;
import io.nationtech.harmony.podman.PodmanRuntime;
import io.nationtech.harmony.podman.QuadletRuntime;
import java.net.InetAddress;
import java.util.Optional;

/** Containers, by podman. */
public final class ContainerDrivers implements DriverProvider {

    /** For {@link java.util.ServiceLoader}. */
    public ContainerDrivers() {}

    @Override
    public Optional<ResourceDriver<?>> driver(NodeContext context) {
        Optional<IpAddress> publishAt = setting(context, Setting.PUBLISH).map(IpAddress::of);
        IpAddress probeAt = publishAt.orElseGet(() -> new IpAddress(InetAddress.getLoopbackAddress()));
        LocalRuntime runtime = runtime(context, publishAt);
        return Optional.of(new ContainerDriver(runtime, probeAt, context, runtime::close));
    }

    private static LocalRuntime runtime(NodeContext context, Optional<IpAddress> publishAt) {
        NodeShares shares = setting(context, Setting.SHARES)
                .filter(text -> !text.isEmpty())
                .map(NodeShares::parse)
                .orElse(NodeShares.NONE);
        return switch (setting(context, Setting.RUNTIME).orElse("quadlet")) {
            case "quadlet" -> new QuadletRuntime(publishAt, shares, context.state(), context.mesh());
            case "podman" -> new PodmanRuntime(context.node(), publishAt, shares, context.state(), context.mesh());
            default -> throw new InvalidValueException("no such container runtime; write quadlet or podman");
        };
    }

    private static Optional<String> setting(NodeContext context, Setting setting) {
        return context.settings().apply(setting.key());
    }
}
