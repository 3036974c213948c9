package io.nationtech.harmony.qemu;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The image of a node, booted into a mesh on this machine; what it publishes at ports 8080 and 8443 is reached at its address here. */
final class GuestNode {
    private static final String THIS_MACHINE = "10.0.2.2";

    private GuestNode() {}

    static VirtualMachine boot(
            Path folder, NodeId id, IpAddress address, NatsServer mesh, Registry registry, Set<Extra> extras) {
        return VirtualMachine.boot(
                folder,
                new VirtualMachine.Parts(
                        Program.project().resolve("image/target/harmony-amd64.raw"),
                        Memory.gibibytes(1),
                        4,
                        List.of(
                                new Credential("harmony.mesh", mesh.url().replace("127.0.0.1", THIS_MACHINE)),
                                new Credential("harmony.node", id.value()),
                                new Credential("harmony.address", address.toString()),
                                new Credential("harmony.registries", registry.mapping(THIS_MACHINE))),
                        List.of(new PortForward(address, Port.of(8080)), new PortForward(address, Port.of(8443))),
                        extras));
    }
}
