package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.SystemIdentification;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.node.Drivers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine that the agent runs on, as it tells the mesh. What cannot be found out is told as unknown: it stops nothing. */
record Machine(Given given, Architecture architecture, int cpus, String agentVersion) {
    private static final Pattern MEMORY_TOTAL = Pattern.compile("^MemTotal: +([0-9]{1,15}) kB$", Pattern.MULTILINE);
    private static final int KIBI = 1024;

    /** This one. */
    static Machine here(Given given) {
        Architecture architecture =
                System.getProperty("os.arch").equals("aarch64") ? Architecture.ARM64 : Architecture.AMD64;
        return new Machine(given, architecture, Runtime.getRuntime().availableProcessors(), ownVersion());
    }

    NodeInfo describe(
            Settings settings, IpAddress address, Optional<NodeKey> key, Drivers drivers, Optional<NodeSystem> system) {
        Stream<Class<? extends Capability>> capabilities =
                Stream.concat(drivers.offers().stream(), key.map(_ -> SecretStore.class).stream());
        return new NodeInfo(
                        settings.node(),
                        new Location(settings.site(), settings.failureDomain()),
                        address,
                        new NodeInfo.Machine(architecture, cpus, memory(), operatingSystem())
                                .sharing(settings.shares().names())
                                .running(system),
                        NodeInfo.Agent.of(
                                agentVersion,
                                capabilities.map(CapabilityName::of).collect(Collectors.toUnmodifiableSet())))
                .with(key)
                .knowing(drivers.kinds().stream()
                        .collect(Collectors.toMap(
                                ResourceKind::name,
                                kind -> RecordForm.of(kind.type()).newestVersion())));
    }

    String operatingSystem() {
        return identification().prettyName().orElse("unknown");
    }

    /** Of the operating system, where that is Harmony's image. */
    Optional<SystemVersion> system() {
        return identification().image();
    }

    private SystemIdentification identification() {
        String own = given.file("etc/os-release");
        return new SystemIdentification(own.isEmpty() ? given.file("usr/lib/os-release") : own);
    }

    /** Total usable memory, proc_meminfo(5); one byte when it is unknown, so that nothing is planned on it. */
    Memory memory() {
        return first(MEMORY_TOTAL, "proc/meminfo")
                .map(kibibytes -> Math.max(1, Long.parseLong(kibibytes) * KIBI))
                .map(Memory::ofBytes)
                .orElse(Memory.ofBytes(1));
    }

    private Optional<String> first(Pattern pattern, String file) {
        Matcher matcher = pattern.matcher(given.file(file));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String ownVersion() {
        return Optional.ofNullable(Machine.class.getModule().getDescriptor())
                .flatMap(descriptor -> descriptor.rawVersion())
                .orElse("unknown");
    }
}
