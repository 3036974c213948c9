package io.nationtech.harmony.qemu;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A second node: the linked agent on this machine, with podman and an address of the loopback network. */
final class HostNode implements AutoCloseable {
    private static final Duration TO_REMOVE = Duration.ofSeconds(30);

    private final NodeId id;
    private final Path log;
    private final Process process;

    private HostNode(NodeId id, Path log, Process process) {
        this.id = id;
        this.log = log;
        this.process = process;
    }

    static HostNode start(Path folder, NodeId id, IpAddress address, SiteMesh mesh, String registries)
            throws IOException {
        Path mapping = Files.writeString(folder.resolve("registries.conf"), registries);
        removeContainers(id);
        ProcessBuilder agent = new ProcessBuilder(
                "setpriv",
                "--pdeathsig",
                "KILL",
                Program.project()
                        .resolve("agent/target/runtime-amd64/bin/harmony-agent")
                        .toString());
        agent.environment()
                .putAll(Map.of(
                        "HARMONY_MESH", mesh.url(),
                        "HARMONY_MESH_LOGIN", mesh.login(id).toString(),
                        "HARMONY_MESH_CA", mesh.authority().toString(),
                        "HARMONY_NODE", id.value(),
                        "HARMONY_ADDRESS", address.toString(),
                        "HARMONY_PUBLISH", address.toString(),
                        "HARMONY_RUNTIME", "podman",
                        "HARMONY_STATE", folder.resolve("state").toString(),
                        "CONTAINERS_REGISTRIES_CONF", mapping.toString()));
        Path log = folder.resolve("agent.log");
        return new HostNode(
                id,
                log,
                agent.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }

    /** The last lines of what the agent said. */
    String said() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Ends the agent, and removes its containers, which would go on without it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        removeContainers(id);
    }

    /** Also before it starts: a test that was killed could not remove its own. */
    private static void removeContainers(NodeId id) {
        String containers =
                Program.output(TO_REMOVE, List.of("podman", "ps", "-aq", "--filter", "label=harmony.node=" + id));
        for (String container : containers.lines().toList()) {
            Program.output(TO_REMOVE, List.of("podman", "rm", "-f", "-t", "0", container));
        }
    }
}
