package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the mesh's servers are, so that containers can be kept from them: what the names come to of those that were set and of those that these told
 * of. Asked anew whenever the mesh comes or goes; what was known last is on the disk, and holds while names cannot be asked. Safe for use by several
 * threads.
 */
final class MeshServers implements Supplier<Set<InetSocketAddress>> {
    private static final Logger LOG = System.getLogger(MeshServers.class.getName());
    /** More than any mesh has; one that tells of more is not believed. */
    private static final int MOST = 256;

    private final Path file;
    private final Supplier<List<NatsAddress>> servers;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Set<InetSocketAddress> known;

    /** @param file where they are kept */
    MeshServers(Path file, Supplier<List<NatsAddress>> servers) {
        this.file = file;
        this.servers = servers;
        this.known = read(file);
    }

    /** Follows that mesh until it is closed. */
    void follow(Mesh mesh) {
        refresh();
        mesh.onStatus(_ -> refresh());
    }

    @Override
    public Set<InetSocketAddress> get() {
        return known;
    }

    private void refresh() {
        Thread.ofVirtual().name("mesh-servers").start(() -> {
            asking.lock();
            try {
                ask();
            } finally {
                asking.unlock();
            }
        });
    }

    /** Names that cannot be asked just now stay what they were. */
    private void ask() {
        List<Optional<Set<InetSocketAddress>>> answers =
                servers.get().stream().limit(MOST).map(MeshServers::addresses).toList();
        Set<InetSocketAddress> found = new HashSet<>();
        answers.stream().flatMap(Optional::stream).forEach(found::addAll);
        if (answers.stream().anyMatch(Optional::isEmpty)) {
            found.addAll(known);
        }
        Set<InetSocketAddress> now = found.stream().limit(MOST).collect(Collectors.toUnmodifiableSet());
        if (!now.equals(known)) {
            write(now);
            known = now;
        }
    }

    private static Optional<Set<InetSocketAddress>> addresses(NatsAddress server) {
        String host = server.uri().getHost();
        try {
            return Optional.of(Stream.of(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, server.uri().getPort()))
                    .collect(Collectors.toSet()));
        } catch (UnknownHostException e) {
            LOG.log(Level.DEBUG, "Nobody tells the address of {0}", host);
            return Optional.empty();
        }
    }

    private static Set<InetSocketAddress> read(Path file) {
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.of()) {
            return lines.limit(MOST).flatMap(line -> parse(line).stream()).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Where the mesh''s servers were last cannot be read: {0}", e.toString());
            return Set.of();
        }
    }

    private static Optional<InetSocketAddress> parse(String line) {
        String[] words = line.split(" ", -1);
        try {
            return words.length == 2
                    ? Optional.of(new InetSocketAddress(
                            IpAddress.of(words[0]).address(),
                            Port.of(Integer.parseInt(words[1])).number()))
                    : Optional.empty();
        } catch (InvalidValueException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void write(Set<InetSocketAddress> all) {
        String text = all.stream()
                .map(server -> "%s %d%n"
                        .formatted(server.getAddress().getHostAddress().replaceFirst("%.*", ""), server.getPort()))
                .sorted()
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file.getParent());
            DurableFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Where the mesh''s servers are cannot be kept: {0}", e.toString());
        }
    }
}
