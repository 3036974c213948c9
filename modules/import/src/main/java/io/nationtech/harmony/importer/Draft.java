package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.PortRange;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One service while it is read. */
final class Draft {
    /** As the source names it. */
    final String key;

    final Place at;
    final Value source;
    final ServiceName name;
    /** By which the Java text has it. */
    final String variable;
    /** By which others may know it. */
    final Set<String> aliases = new LinkedHashSet<>();

    boolean isJob;
    /** Whose network it has. */
    Optional<Draft> through = Optional.empty();

    Optional<ImageReference> image = Optional.empty();
    final List<PublishedPort> ports = new ArrayList<>();
    final List<PortRange> ranges = new ArrayList<>();
    Optional<Probe> probe = Optional.empty();
    Optional<String> probeComment = Optional.empty();
    HealthThresholds thresholds = HealthThresholds.DEFAULT;
    Optional<Memory> memoryLimit = Optional.empty();
    /** What it gets that says no limit. */
    Memory proposed = ServiceReader.PROPOSED;

    final List<Word> words = new ArrayList<>();
    final List<Addition> additions = new ArrayList<>();
    /** Files that its own volumes begin with. */
    final List<Addition> seeds = new ArrayList<>();
    /** Data by the name of its volume, and where it is found. */
    final Map<String, List<MountPath>> data = new LinkedHashMap<>();
    /** Those that must run together with it. */
    final Set<Draft> belongsTo = new LinkedHashSet<>();
    /** Those that must be there before it, as its names are used. */
    final Set<Draft> startsAfter = new LinkedHashSet<>();

    Draft(String key, Place at, Value source, ServiceName name, String variable) {
        this.key = key;
        this.at = at;
        this.source = source;
        this.name = name;
        this.variable = variable;
        aliases.add(key);
        aliases.add(name.value());
    }

    Memory limit() {
        return memoryLimit.orElse(proposed);
    }

    /** Of whom is said what is a network's. */
    Draft ofNetwork() {
        return through.orElse(this);
    }

    boolean isPublished() {
        return !ports.isEmpty() || !ranges.isEmpty();
    }

    void say(Word word) {
        words.add(word);
    }

    @Override
    public String toString() {
        return key;
    }
}
