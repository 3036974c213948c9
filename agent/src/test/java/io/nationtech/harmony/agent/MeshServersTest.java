package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshServersTest {
    @TempDir
    private Path folder;

    private final AtomicReference<List<NatsAddress>> told = new AtomicReference<>(List.of());

    @Test
    void namesThatCannotBeAskedStayWhatTheyWereAlsoAfterARestart() {
        tell("nats://127.0.0.1:4222", "tls://192.0.2.7:4223");
        MeshServers first = open();
        Eventually.holds(
                "both are known", () -> first.get().equals(Set.of(at("127.0.0.1", 4222), at("192.0.2.7", 4223))));

        tell("nats://nobody.invalid:4222", "nats://192.0.2.8:4222");
        MeshServers second = open();
        Eventually.holds(
                "the new one comes to what was known",
                () -> second.get().equals(Set.of(at("127.0.0.1", 4222), at("192.0.2.7", 4223), at("192.0.2.8", 4222))));

        tell("nats://192.0.2.8:4222");
        MeshServers third = open();
        Eventually.holds("others are forgotten", () -> third.get().equals(Set.of(at("192.0.2.8", 4222))));
    }

    @Test
    void whatStandsInTheFileAndIsNoServerIsLeftOut() throws IOException {
        Files.writeString(
                folder.resolve("servers"), "192.0.2.7 4222\n192.0.2.7 0\nhost 4222\n192.0.2.7\n2001:db8::7 4222\n");

        assertEquals(
                Set.of(at("192.0.2.7", 4222), at("2001:db8::7", 4222)),
                new MeshServers(folder.resolve("servers"), List::of).get());
    }

    private MeshServers open() {
        MeshServers servers = new MeshServers(folder.resolve("state/mesh-servers"), told::get);
        servers.follow(new NoMesh());
        return servers;
    }

    private void tell(String... addresses) {
        told.set(List.of(addresses).stream().map(NatsAddress::parse).toList());
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(IpAddress.of(address).address(), port);
    }
}
