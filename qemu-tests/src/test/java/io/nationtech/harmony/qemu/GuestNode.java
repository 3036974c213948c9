package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The image of a node, booted into a mesh on this machine; what it publishes at ports 8080 and 8443 is reached at its address here. */
final class GuestNode {
    private GuestNode() {}

    static VirtualMachine boot(
            Path folder, NodeId id, IpAddress address, SiteMesh mesh, Registry registry, Set<Extra> extras)
            throws IOException {
        return VirtualMachine.boot(
                folder,
                new VirtualMachine.Parts(
                        new VirtualMachine.Content.CopyOf(Program.project().resolve("image/target/harmony-amd64.raw")),
                        Memory.gibibytes(1),
                        8,
                        List.of(
                                new Credential("harmony.mesh", mesh.urlForGuests()),
                                new Credential("harmony.mesh-login", Files.readString(mesh.login(id))),
                                new Credential("harmony.mesh-ca", Files.readString(mesh.authority())),
                                new Credential("harmony.node", id.value()),
                                new Credential("harmony.address", address.toString()),
                                new Credential("harmony.registries", registry.mapping(SiteMesh.SEEN_BY_GUESTS))),
                        List.of(new PortForward(address, Port.of(8080)), new PortForward(address, Port.of(8443))),
                        extras,
                        List.of()));
    }

    /** Runs a command in a guest that booted; the test fails unless it succeeds in time. */
    static String told(VirtualMachine node, String command, Duration timeout) {
        GuestReply reply;
        try {
            reply = node.shell().run(command, timeout);
        } catch (MachineException e) {
            throw new MachineException(e.getMessage() + "\n" + String.join("\n", node.serialTail(40)), e);
        }
        assertEquals(
                0,
                reply.exit(),
                () -> "`%s` in the guest: %s%n%s"
                        .formatted(command, reply.output(), String.join("\n", node.serialTail(40))));
        return reply.output().strip();
    }

    static boolean isAlive(Fleet fleet, NodeId id) {
        try {
            return fleet.inventory().nodes().stream()
                    .anyMatch(node -> node.info().id().equals(id) && node.isAlive());
        } catch (MeshUnavailableException e) {
            return false;
        }
    }
}
