package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.domain.hardware.UplinkClass;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.hardware.source.Findings;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Pace;
import io.nationtech.harmony.hardware.source.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * All sources over one tree, each asked again only when there is a reason. A source that fails or hangs costs what it would have
 * found and nothing more. For one thread.
 */
public final class Detection {
    /** A source that takes longer is given up; on a busy board of four slow cores, all of them take less than 1 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final List<AskedSource> sources;
    private final Tree tree;
    private final Architecture architecture;
    private final UplinkClass uplink;
    private final Map<AskedSource, Findings> found = new HashMap<>();
    private final Map<String, List<String>> listed = new HashMap<>();

    Detection(
            Collection<? extends HardwareSource> sources,
            Tree tree,
            Architecture architecture,
            UplinkClass uplink,
            Duration timeout) {
        this.sources = sources.stream()
                .sorted(Comparator.comparing(source -> source.name().value()))
                .map(source -> new AskedSource(source, tree, timeout))
                .toList();
        this.tree = tree;
        this.architecture = architecture;
        this.uplink = uplink;
    }

    /** With the sources that this process was given. */
    public static Detection withAllSources(Tree tree, Architecture architecture, UplinkClass uplink) {
        List<HardwareSource> all = ServiceLoader.load(HardwareSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return new Detection(all, tree, architecture, uplink, TIMEOUT);
    }

    /** Asks every source. */
    public Detected all() throws InterruptedException {
        newlyListed();
        return ask(Set.copyOf(sources));
    }

    /** Asks the sources whose findings change by themselves. */
    Detected moving() throws InterruptedException {
        Set<AskedSource> due = new HashSet<>(sources);
        due.removeIf(source -> source.source().pace() == Pace.STEADY);
        return ask(due);
    }

    /** Asks these sources; of the others, what they found last still holds. */
    Detected ask(Set<AskedSource> due) throws InterruptedException {
        for (AskedSource source : sources) {
            if (due.contains(source)) {
                found.put(source, source.ask());
            }
        }
        return Assembly.of(
                sources.stream()
                        .map(source -> found.getOrDefault(source, Findings.none()))
                        .toList(),
                architecture,
                uplink);
    }

    /** The sources for which something came or went since this was asked last. Lists folders, and reads nothing else. */
    Set<AskedSource> newlyListed() {
        Set<AskedSource> changed = new HashSet<>();
        Map<String, List<String>> now = new HashMap<>();
        for (AskedSource source : sources) {
            for (String folder : source.source().watched()) {
                List<String> names = now.computeIfAbsent(folder, this::names);
                if (!names.equals(listed.get(folder))) {
                    changed.add(source);
                }
            }
        }
        listed.putAll(now);
        return changed;
    }

    private List<String> names(String folder) {
        try {
            return tree.names(folder);
        } catch (IOException e) {
            return List.of();
        }
    }
}
