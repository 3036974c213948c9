package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** The address at which others on the mesh reach this node. */
final class OwnAddress {
    private OwnAddress() {}

    /** That of the route to the mesh, else the first that is not loopback, else loopback. To be asked when the mesh is there. */
    static IpAddress towards(List<NatsAddress> mesh) {
        return mesh.stream()
                .flatMap(address -> ofRoute(address).stream())
                .findFirst()
                .or(OwnAddress::firstOutward)
                .orElseGet(() -> new IpAddress(InetAddress.getLoopbackAddress()));
    }

    /** Connecting a datagram socket sends nothing; the kernel only chooses the route. */
    private static Optional<IpAddress> ofRoute(NatsAddress mesh) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(
                    new InetSocketAddress(mesh.uri().getHost(), mesh.uri().getPort()));
            return Optional.of(socket.getLocalAddress())
                    .filter(address -> !address.isAnyLocalAddress())
                    .map(OwnAddress::withoutScope);
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<IpAddress> firstOutward() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .findFirst()
                    .map(OwnAddress::withoutScope);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /** An interface's name after '%' means nothing on another machine. */
    private static IpAddress withoutScope(InetAddress address) {
        return IpAddress.of(address.getHostAddress().replaceFirst("%.*", ""));
    }
}
