package io.nationtech.harmony.cli;

import io.nationtech.harmony.mesh.contract.ConfiguredNatsServer;
import io.nationtech.harmony.mesh.contract.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The servers of a fleet under chaos, one or three, each with a network and a disk of its own. */
final class ChaosHub implements AutoCloseable {
    private static final int MEBIBYTES = 64;

    private final Path folder;
    private final Map<String, ChaosDisk> disks = new LinkedHashMap<>();
    private final Map<String, ConfiguredNatsServer> servers = new LinkedHashMap<>();

    private ChaosHub(Path folder) {
        this.folder = folder;
    }

    static ChaosHub start(Path folder, MeshOwner owner, List<String> names) throws IOException {
        ChaosHub hub = new ChaosHub(folder);
        for (String name : names) {
            hub.disks.put(name, ChaosDisk.mount(hub.place(name).resolve("data"), MEBIBYTES));
            owner.server(hub.place(name), options(name, names));
        }
        // Each of them waits for the others before it keeps anything.
        for (String name : names) {
            Path place = hub.place(name);
            hub.servers.put(
                    name,
                    ConfiguredNatsServer.start(
                            ChaosNetwork.in(name, List.of(NatsServer.NEWEST)),
                            place,
                            ChaosNetwork.of(name),
                            MeshOwner.environment(place)));
        }
        return hub;
    }

    private static String[] options(String name, List<String> names) {
        UnaryOperator<String> address = member -> ChaosMember.address(member).toString();
        Stream<String> alone = Stream.of("--address", address.apply(name));
        Stream<String> together = names.size() == 1
                ? Stream.of()
                : Stream.of(
                        "--name",
                        name,
                        "--routes",
                        names.stream()
                                .filter(other -> !other.equals(name))
                                .map(address)
                                .collect(Collectors.joining(",")));
        return Stream.concat(alone, together).toArray(String[]::new);
    }

    private Path place(String name) {
        return folder.resolve("servers").resolve(name);
    }

    void kill(String name) {
        servers.get(name).kill();
    }

    void restart(String name) {
        servers.get(name).restart();
    }

    ChaosDisk disk(String name) {
        return disks.get(name);
    }

    @Override
    public void close() throws IOException {
        servers.values().forEach(ConfiguredNatsServer::kill);
        disks.values().forEach(ChaosDisk::close);
        for (String name : servers.keySet()) {
            Path log = folder.resolve("servers").resolve(name + ".log");
            Files.copy(log, folder.resolve(name + ".log"));
        }
    }
}
