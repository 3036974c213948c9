package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps the walls around containers up: {@link WallRules} in the kernel, for as long as there is a network of ours. Whoever starts a container asks
 * it first, and starts none without. Safe for use by several threads.
 */
final class Walls {
    private static final Logger LOG = System.getLogger(Walls.class.getName());
    private static final Duration LOADING = Duration.ofSeconds(30);
    /** Between looking whether somebody took them away, as by {@code nft flush ruleset}. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Programs programs;
    private final String owner;
    private final Optional<Path> file;
    private final Supplier<Set<InetSocketAddress>> mesh;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private Set<NodePort> taken = Set.of();
    private Optional<Standing> standing = Optional.empty();

    /**
     * Of what was loaded last.
     *
     * @param rules that were wanted
     * @param text as it was loaded
     * @param listed as the kernel told it afterwards
     * @param lookedAt by the clock that never jumps
     */
    private record Standing(WallRules rules, String text, String listed, long lookedAt) {}

    /**
     * @param owner before the names of all networks
     * @param file where they are kept for units, which load them before any agent is there; none where nothing starts without an agent
     * @param mesh where the mesh's servers are
     */
    Walls(
            Programs programs,
            String owner,
            Optional<Path> file,
            Supplier<Set<InetSocketAddress>> mesh,
            LongSupplier nanoTime) {
        this.programs = programs;
        this.owner = owner;
        this.file = file;
        this.mesh = mesh;
        this.nanoTime = nanoTime;
    }

    String bridge(String network) {
        return WallRules.bridge(owner, network);
    }

    /** Which ports of the node deployments publish now; what is up follows at once. */
    void take(Set<NodePort> ports) {
        Optional<Cause> obstacle = locked(() -> {
            taken = Set.copyOf(ports);
            return standing.isPresent() ? stand() : Optional.empty();
        });
        obstacle.ifPresent(cause -> LOG.log(Level.WARNING, "{0}", cause));
    }

    /** Sees to it that they are up; returns why they are not. */
    Optional<Cause> stand() {
        return locked(() -> {
            WallRules wanted = new WallRules(owner, taken, mesh.get());
            if (standing.filter(now -> now.rules().equals(wanted) && !isOld(now))
                    .isPresent()) {
                return Optional.empty();
            }
            try {
                return look(wanted, wanted.text(Walls::isOwn));
            } catch (RuntimeUnavailableException e) {
                return Optional.of(missing(e.why().what()));
            }
        });
    }

    private boolean isOld(Standing now) {
        return nanoTime.getAsLong() - now.lookedAt() >= LOOK.toNanos();
    }

    private Optional<Cause> look(WallRules wanted, String text) {
        Optional<Standing> before = standing.filter(now -> now.text().equals(text));
        if (before.filter(now -> list().equals(now.listed())).isPresent()) {
            standing = Optional.of(new Standing(wanted, text, before.get().listed(), nanoTime.getAsLong()));
            return Optional.empty();
        }
        Optional<Cause> obstacle = load(wanted, text);
        if (obstacle.isEmpty() && before.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    "Somebody changed or removed the rules that keep containers apart (`nft list table inet {0}`); they are as they were again."
                            + " Where all rules were flushed, ports of containers are not led to them any more: `podman network reload --all`",
                    WallRules.table(owner));
        }
        return obstacle;
    }

    private Optional<Cause> load(WallRules wanted, String text) {
        standing = Optional.empty();
        try {
            keep(text);
        } catch (IOException e) {
            return Optional.of(missing("%s cannot be written: %s".formatted(file.orElseThrow(), e)));
        }
        Finished loaded = programs.run(LOADING, text.getBytes(StandardCharsets.UTF_8), List.of("nft", "--file", "-"));
        if (!loaded.succeeded()) {
            return Optional.of(missing(loaded.complaint()));
        }
        standing = Optional.of(new Standing(wanted, text, list(), nanoTime.getAsLong()));
        return Optional.empty();
    }

    private void keep(String text) throws IOException {
        if (file.isPresent()) {
            Files.createDirectories(file.get().getParent());
            DurableFile.replace(file.get(), text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** As the kernel tells them; empty when they are not there. */
    private String list() {
        return programs.run(LOADING, "nft", "--stateless", "list", "table", "inet", WallRules.table(owner))
                .output();
    }

    /** There is no network of ours any more. */
    void fall() {
        locked(() -> {
            standing = Optional.empty();
            try {
                if (file.isPresent()) {
                    DurableFile.delete(file.get());
                }
                return programs.run(LOADING, "nft", "delete", "table", "inet", WallRules.table(owner))
                        .succeeded();
            } catch (IOException | RuntimeUnavailableException e) {
                LOG.log(Level.DEBUG, "The rules that keep containers apart stay, and keep nobody: {0}", e.getMessage());
                return false;
            }
        });
    }

    private static Cause missing(String why) {
        return new Cause(
                "the walls between containers cannot be put up: %s".formatted(why),
                "nftables on this node",
                "no container is started without them, and what runs goes on. They take root, the program nft (Debian: `apt install nftables`)"
                        + " and a kernel with nf_tables: `nft list ruleset` there shows whether these are there. It is tried again");
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
