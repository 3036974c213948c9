package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of knot, which everybody on the node may read, as whoever asks gets all of it. All in memory: after a restart of the machine there are none. */
record KnotFolder(Path folder) {
    static final String ENDING = ".zone";
    private static final int MOST_BYTES = 8 << 20;

    Path config() {
        return folder.resolve("knot.conf");
    }

    /** Of what knot serves. */
    Path zones() {
        return folder.resolve("zones");
    }

    /** Of what is tried before it does. */
    Path candidates() {
        return folder.resolve("candidates");
    }

    /** The configuration that there is; none before the first. */
    Optional<String> readConfig() throws IOException {
        return Files.exists(config()) ? Optional.of(Files.readString(config())) : Optional.empty();
    }

    /** The zones that are served, by name. */
    SortedMap<DnsName, ZoneFile> read() throws IOException {
        SortedMap<DnsName, ZoneFile> zones = new TreeMap<>();
        if (!Files.isDirectory(zones())) {
            return zones;
        }
        try (Stream<Path> files = Files.list(zones())) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(ENDING)).toList()) {
                if (Files.size(file) <= MOST_BYTES) {
                    ZoneFile.parse(Files.readString(file)).ifPresent(zone -> zones.put(zone.zone(), zone));
                }
            }
        }
        return zones;
    }

    /** Writes a configuration that is tried first. */
    Path propose(String config) throws IOException {
        Files.createDirectories(candidates());
        Path candidate = candidates().resolve("knot.conf");
        DurableFile.replace(candidate, config.getBytes(StandardCharsets.UTF_8));
        return candidate;
    }

    /** Writes a zone that is tried first. */
    void propose(ZoneFile zone) throws IOException {
        write(candidates(), zone);
    }

    /** From now on it is what knot reads. */
    void accept(ZoneFile zone) throws IOException {
        write(zones(), zone);
    }

    void accept(String config) throws IOException {
        Files.move(propose(config), config(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(Path into, ZoneFile zone) throws IOException {
        Files.createDirectories(into);
        DurableFile.replace(into.resolve(zone.zone() + ENDING), zone.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Has just these zones. */
    void replace(SortedMap<DnsName, ZoneFile> all) throws IOException {
        SortedMap<DnsName, ZoneFile> there = read();
        for (ZoneFile zone : all.values()) {
            if (!zone.equals(there.get(zone.zone()))) {
                accept(zone);
            }
        }
        for (DnsName gone : there.keySet()) {
            if (!all.containsKey(gone)) {
                Files.delete(zones().resolve(gone + ENDING));
            }
        }
    }

    /** Forgets what was tried. */
    void clearCandidates() throws IOException {
        clear(candidates());
    }

    /** Forgets all. */
    void clear() throws IOException {
        clear(folder);
    }

    static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inside = files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path file : inside) {
                Files.delete(file);
            }
        }
    }
}
