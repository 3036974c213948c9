package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.ChaosEvent.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Servers, nodes, somebody who deploys and two who contend for a lease, and all that can be done to them. Used by one thread. */
final class ChaosFleet implements AutoCloseable {
    private static final int NODE_MEBIBYTES = 2;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Where words are kept. */
    private static final String WORDS = "$KV.desired-state.";

    private final Path folder;
    private final ChaosNetwork network;
    private final List<ChaosRelay> relays = new ArrayList<>();
    private final Random chance;
    private final MeshOwner owner;
    private final ChaosHub hub;
    private final ChaosHistory history = new ChaosHistory();
    private final Map<String, ChaosDisk> disks = new HashMap<>();
    private final Map<String, ChaosProcess> processes = new HashMap<>();
    private final Map<String, Duration> clocks = new HashMap<>();
    private final List<String> killedHolders = new ArrayList<>();

    private ChaosFleet(Path folder, ChaosNetwork network, List<String> servers, Random chance) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.network = network;
        this.chance = chance;
        for (String server : servers) {
            relays.add(ChaosRelay.start(server));
        }
        this.owner = MeshOwner.create(
                Files.createDirectories(folder.resolve("owner")),
                servers.stream()
                        .map(server -> "tls://%s:%d".formatted(ChaosMember.address(server), ChaosNetwork.PORT))
                        .collect(Collectors.joining(",")));
        this.hub = ChaosHub.start(folder, owner, servers);
    }

    /**
     * @param servers which of them the mesh has
     * @param chance by which it is decided what bit is flipped
     */
    static ChaosFleet create(Path folder, ChaosNetwork network, List<String> servers, Random chance)
            throws IOException {
        ChaosFleet fleet = new ChaosFleet(folder, network, servers, chance);
        for (String node : ChaosMember.NODES) {
            fleet.disks.put(node, ChaosDisk.mount(folder.resolve("state").resolve(node), NODE_MEBIBYTES));
            fleet.owner.let(MeshRoles.NODE, node);
        }
        fleet.owner.let(MeshRoles.OPERATOR, ChaosMember.DEPLOYER);
        ChaosMember.CONTENDERS.forEach(name -> fleet.owner.let(MeshRoles.OPERATOR, name));
        return fleet;
    }

    MeshOwner owner() {
        return owner;
    }

    ChaosHistory history() {
        return history;
    }

    void start() {
        ChaosMember.ALL.forEach(this::start);
    }

    private void start(String member) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "@" + System.getProperty("chaos.arguments"),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-m",
                "io.nationtech.harmony.cli/" + program(member)));
        command.addAll(ChaosLife.arguments(
                member,
                owner.files(),
                folder.resolve("state").resolve(member),
                clocks.getOrDefault(member, Duration.ZERO),
                history.nextVersion()));
        processes.put(
                member,
                ChaosProcess.start(
                        ChaosNetwork.in(member, command),
                        folder.resolve(member + ".log"),
                        line -> ChaosEvent.parse(line).ifPresent(history::add)));
    }

    private static String program(String member) {
        if (ChaosMember.NODES.contains(member)) {
            return ChaosNode.class.getName();
        }
        return member.equals(ChaosMember.DEPLOYER) ? ChaosDeployer.class.getName() : ChaosContender.class.getName();
    }

    private ChaosProcess of(String member) {
        return processes.get(member);
    }

    void begin(Fault fault) throws IOException {
        switch (fault) {
            case Fault.Cut cut -> network.begin(cut);
            case Fault.Loss loss -> network.begin(loss);
            case Fault.Slow(String member, Duration delay) -> {
                relays.forEach(relay -> relay.delay(ChaosMember.address(member).address(), delay));
                network.turn(member);
            }
            case Fault.Kill(String member) -> of(member).kill();
            case Fault.KillHolder() -> {
                String holder = history.holder()
                        .map(name -> name.substring(0, name.lastIndexOf('-')))
                        .orElse(ChaosMember.CONTENDERS.getFirst());
                of(holder).kill();
                killedHolders.add(holder);
            }
            case Fault.Freeze(String member) -> of(member).freeze();
            case Fault.KillServer(String server) -> hub.kill(server);
            case Fault.FullNode(String node) -> disks.get(node).fill();
            case Fault.FullServer(String server) -> hub.disk(server).fill();
            case Fault.Clock(String member, Duration by) -> setClock(member, by);
            case Fault.BitFlip(String node, String server) -> flip(node, server);
        }
    }

    void heal(Fault fault) throws IOException {
        switch (fault) {
            case Fault.Cut cut -> network.heal(cut);
            case Fault.Loss loss -> network.heal(loss);
            case Fault.Slow(String member, Duration _) -> {
                network.turnBack(member);
                relays.forEach(relay -> relay.end(ChaosMember.address(member).address()));
            }
            case Fault.Kill(String member) -> start(member);
            case Fault.KillHolder() -> {
                killedHolders.forEach(this::start);
                killedHolders.clear();
            }
            case Fault.Freeze(String member) -> of(member).thaw();
            case Fault.KillServer(String server) -> hub.restart(server);
            case Fault.BitFlip(String _, String server) -> hub.restart(server);
            case Fault.FullNode(String node) -> disks.get(node).free();
            case Fault.FullServer(String server) -> {
                hub.disk(server).free();
                // Once it found no room it keeps nothing more, until it is started again.
                hub.kill(server);
                hub.restart(server);
            }
            case Fault.Clock(String member, Duration _) -> setClock(member, Duration.ZERO);
        }
    }

    private void setClock(String member, Duration wrong) {
        clocks.put(member, wrong);
        of(member).tell(ChaosLife.setClock(wrong));
    }

    /** What the server cuts off with it is forgiven it, but no other. */
    private void flip(String node, String server) throws IOException {
        hub.kill(server);
        for (String subject : ChaosStore.flip(
                hub.disk(server).folder(),
                "KV_desired-state",
                "%s%s.%s".formatted(WORDS, node, ChaosWords.LAMP),
                chance)) {
            String[] key = subject.substring(WORDS.length()).split("\\.", -1);
            history.add(new ChaosEvent.Flipped(System.nanoTime(), new Word(key[1], key[0], 0)));
        }
    }

    /** Nobody begins to deploy any more; whether what was begun has an end. */
    boolean endDeploying(Duration patience) throws InterruptedException {
        of(ChaosMember.DEPLOYER).tell(ChaosLife.end());
        return of(ChaosMember.DEPLOYER).ends(patience);
    }

    @Override
    public void close() throws IOException {
        processes.values().forEach(ChaosProcess::kill);
        for (ChaosRelay relay : relays) {
            relay.close();
        }
        disks.values().forEach(ChaosDisk::close);
        hub.close();
        owner.close();
    }
}
