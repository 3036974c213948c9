package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.NodeContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses at which others ask this machine: those of its interfaces to the outside. At loopback systemd-resolved has port 53, and at the
 * bridges of containers their own resolver has it; a server that took it at all addresses would get none.
 */
final class OwnAddresses {
    private static final Path SYS = Path.of("/sys");

    private OwnAddresses() {}

    /** As the agent is told, else as they are each time. */
    static Supplier<SortedSet<IpAddress>> of(NodeContext context) {
        return context.settings()
                .apply("publish")
                .map(IpAddress::of)
                .<Supplier<SortedSet<IpAddress>>>map(at -> () -> new TreeSet<>(Set.of(at)))
                .orElse(() -> now(SYS));
    }

    /** Why nobody can be answered yet. */
    static Cause none() {
        return new Cause(
                "this node has no address at which others could ask it",
                "this node",
                "look at its network: `ip address`; it is tried again by itself");
    }

    /**
     * Those that there are now.
     *
     * @param sys the kernel's devices: sysfs(5)
     */
    static SortedSet<IpAddress> now(Path sys) {
        Path interfaces = sys.resolve("class/net");
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(each -> !isOfContainers(interfaces, each.getName()))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(OwnAddresses::withoutScope)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bridge that no device leads out of. */
    private static boolean isOfContainers(Path interfaces, String name) {
        Path ports = interfaces.resolve(name).resolve("brif");
        if (!Files.isDirectory(ports)) {
            return false;
        }
        try (Stream<Path> all = Files.list(ports)) {
            return all.noneMatch(
                    port -> Files.exists(interfaces.resolve(port.getFileName()).resolve("device")));
        } catch (IOException e) {
            // It went just now.
            return true;
        }
    }

    /** An interface's name after '%' is no part of an address. */
    private static IpAddress withoutScope(InetAddress address) {
        return IpAddress.of(address.getHostAddress().replaceFirst("%.*", ""));
    }
}
