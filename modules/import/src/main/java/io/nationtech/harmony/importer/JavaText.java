package io.nationtech.harmony.importer;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.MountedConfig;
import io.nationtech.harmony.config.file.SeededFile;
import io.nationtech.harmony.docker.socket.DockerSocket;
import io.nationtech.harmony.domain.hardware.Camera;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.I2c;
import io.nationtech.harmony.domain.hardware.Serial;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.hardware.Spi;
import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.HttpScheme;
import io.nationtech.harmony.domain.node.ImageUpdates;
import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.PortRange;
import io.nationtech.harmony.domain.node.PortReach;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ShareAccess;
import io.nationtech.harmony.domain.node.TcpProbe;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.HostText;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.Shares;
import io.nationtech.harmony.domain.score.Volumes;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FileCount;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.Protocol;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SysctlValue;
import io.nationtech.harmony.domain.value.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes values of the domain as the Java that makes them, and keeps count of the types that this names. */
final class JavaText {
    private static final long MEBI = 1L << 20;
    private static final int WIDEST = 118;

    private final SortedSet<String> imports = new TreeSet<>();
    private final UnaryOperator<String> reference;

    /**
     * @param reference how a service is named where its variable is meant
     */
    JavaText(UnaryOperator<String> reference) {
        this.reference = reference;
    }

    SortedSet<String> imports() {
        return imports;
    }

    /** A type's simple name, which is imported. */
    String type(Class<?> type) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        imports.add(outer.getName());
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private String call(Class<?> type, String method, Object... arguments) {
        return "%s.%s(%s)".formatted(type(type), method, all(List.of(arguments)));
    }

    private String all(List<?> values) {
        return values.stream().map(this::of).collect(Collectors.joining(", "));
    }

    /** Arguments on one line where they fit, else each on its own. */
    String arguments(List<?> values, int column, String indentation) {
        List<String> texts = values.stream().map(this::of).toList();
        String line = String.join(", ", texts);
        return texts.size() < 2 || (line.indexOf('\n') < 0 && column + line.length() < WIDEST)
                ? line
                : texts.stream().collect(Collectors.joining(",\n" + indentation, "\n" + indentation, ""));
    }

    /** The expression that makes a value. */
    String of(Object value) {
        return switch (value) {
            case String text -> JavaString.of(text);
            case Integer number -> number.toString();
            case Enum<?> constant -> type(constant.getDeclaringClass()) + "." + constant.name();
            case HostUse use -> hostUse(use);
            case Reference other -> reference.apply(other.variable());
            case Waiting waiting -> "%s.%s()".formatted(reference.apply(waiting.variable()), waiting.method());
            case EnvName name -> call(EnvName.class, "of", name.value());
            case EnvText text -> call(EnvText.class, "of", text.value());
            case Arguments arguments -> arguments(arguments);
            case ServiceName name -> call(ServiceName.class, "of", name.value());
            case ImageReference image ->
                call(ImageReference.class, image.value().endsWith(":latest") ? "floating" : "of", image.value());
            case Port port -> call(Port.class, "of", port.number());
            case PublishedPort port -> published(port);
            case PortRange range ->
                call(PortRange.class, range.protocol() == Protocol.UDP ? "udp" : "tcp", range.first(), range.last());
            case HttpPath path -> call(HttpPath.class, "of", path.value());
            case HttpProbe probe -> probe(probe);
            case TcpProbe probe -> probe(probe);
            case CommandProbe probe -> probe(probe);
            case Memory memory -> memory(memory);
            case Duration duration -> duration(duration);
            case HealthThresholds thresholds -> thresholds(thresholds);
            case UserId user -> call(UserId.class, "of", user.value());
            case GroupId group -> call(GroupId.class, "of", group.value());
            case FolderPath path -> call(FolderPath.class, "of", path.value());
            case MountPath path -> call(MountPath.class, "of", path.value());
            case ImageUpdates _ -> call(ImageUpdates.class, "daily");
            case Limits limits -> limits(limits);
            case CpuShare share ->
                share.millis() % 1000 == 0
                        ? call(CpuShare.class, "cpus", share.millis() / 1000)
                        : call(CpuShare.class, "millis", share.millis());
            case ProcessCount count -> call(ProcessCount.class, "of", count.count());
            case FileCount count -> call(FileCount.class, "of", count.count());
            case Reason reason -> call(Reason.class, "of", reason.value());
            case SysctlValue number -> call(SysctlValue.class, "of", number.number());
            case DnsName name -> call(DnsName.class, "of", name.value());
            case IpAddress address -> call(IpAddress.class, "of", address.toString());
            case Gpu gpu -> call(Gpu.class, "any") + (gpu.sharing() == Sharing.SHARED ? ".shared()" : "");
            case Camera _ -> call(Camera.class, "any");
            case Serial serial ->
                serial.port().map(port -> call(Serial.class, "port", port)).orElseGet(() -> call(Serial.class, "any"));
            case I2c bus -> call(I2c.class, "bus", bus.bus());
            case Spi device -> call(Spi.class, "device", device.bus(), device.chipSelect());
            case DevicePath path -> call(DevicePath.class, "of", path.value());
            case SecretRef secret -> call(SecretRef.class, "of", secret.name());
            case SecretText text -> secretText(text);
            case SecretEnv env -> secretEnv(env);
            case Secrets secrets -> "%s.of(%s)".formatted(type(Secrets.class), all(secrets.secrets()));
            case DataName name -> call(DataName.class, "of", name.value());
            case Volume volume -> call(Volume.class, "of", volume.name(), volume.at());
            case Volumes volumes -> "%s.of(%s)".formatted(type(Volumes.class), all(volumes.volumes()));
            case ShareName share -> call(ShareName.class, "of", share.value());
            case MountedShare share ->
                call(
                        MountedShare.class,
                        share.access() == ShareAccess.READ_ONLY ? "readOnly" : "writable",
                        share.share(),
                        share.at());
            case HostPath path ->
                call(
                        HostPath.class,
                        path.access() == ShareAccess.READ_ONLY ? "readOnly" : "writable",
                        path.path(),
                        path.at(),
                        path.because());
            case SeededFile seeded ->
                "%s.of(%s, %s)".formatted(type(SeededFile.class), file(seeded.file()), of(seeded.at()));
            case Shares shares -> "%s.of(%s)".formatted(type(Shares.class), all(shares.shares()));
            case MountedConfig<?> config -> config(config);
            case DockerSocket _ -> call(DockerSocket.class, "listing");
            default -> throw new IllegalStateException("nothing is written for " + value.getClass());
        };
    }

    private String hostUse(HostUse use) {
        int first = 0;
        while (use.parts().get(first) instanceof HostUse.Part.Plain) {
            first++;
        }
        StringBuilder text = new StringBuilder(host(use.parts().get(first)));
        if (first > 0) {
            String before = new HostUse(use.parts().subList(0, first)).text();
            text.append(".after(").append(of(before)).append(')');
        }
        for (HostUse.Part part : use.parts().subList(first + 1, use.parts().size())) {
            text.append(".before(").append(host(part)).append(')');
        }
        return text.toString();
    }

    private String host(HostUse.Part part) {
        return switch (part) {
            case HostUse.Part.Plain(String text) -> of(text);
            case HostUse.Part.Host host ->
                reference.apply(host.variable())
                        + host.port()
                                .map(port -> ".address(%s)".formatted(of(port)))
                                .orElse(".host()");
            case HostUse.Part.Node _ -> call(HostText.class, "ofNode");
        };
    }

    private String arguments(Arguments arguments) {
        return "%s.of(%s)".formatted(type(Arguments.class), all(arguments.words()));
    }

    private String published(PublishedPort port) {
        String inside = call(PublishedPort.class, port.protocol() == Protocol.UDP ? "udp" : "tcp", port.container());
        String outside = port.node().equals(port.container()) ? inside : "%s.at(%s)".formatted(inside, of(port.node()));
        return port.reach() == PortReach.NODE ? outside + ".onNodeOnly()" : outside;
    }

    private String probe(HttpProbe probe) {
        HttpProbe usual = HttpProbe.of(probe.port(), probe.path());
        boolean isUsual =
                probe.period().equals(usual.period()) && probe.timeout().equals(usual.timeout());
        String text = isUsual
                ? call(HttpProbe.class, "of", probe.port(), probe.path())
                : made(HttpProbe.class, probe.port(), probe.path(), probe.period(), probe.timeout());
        return probe.scheme() == HttpScheme.HTTPS ? text + ".overTls()" : text;
    }

    private String probe(TcpProbe probe) {
        return probe.equals(TcpProbe.of(probe.port()))
                ? call(TcpProbe.class, "of", probe.port())
                : made(TcpProbe.class, probe.port(), probe.period(), probe.timeout());
    }

    private String probe(CommandProbe probe) {
        for (var preset : Map.of(
                        "postgres",
                        CommandProbe.postgres(),
                        "redis",
                        CommandProbe.redis(),
                        "mariadb",
                        CommandProbe.mariadb())
                .entrySet()) {
            if (preset.getValue().equals(probe)) {
                return call(CommandProbe.class, preset.getKey());
            }
        }
        return probe.equals(CommandProbe.of(probe.command()))
                ? call(CommandProbe.class, "of", probe.command())
                : made(CommandProbe.class, probe.command(), probe.period(), probe.timeout());
    }

    private String made(Class<?> type, Object... arguments) {
        return "new %s(%s)".formatted(type(type), all(List.of(arguments)));
    }

    private String memory(Memory memory) {
        long bytes = memory.bytes();
        if (bytes % MEBI != 0) {
            return "%s.ofBytes(%dL)".formatted(type(Memory.class), bytes);
        }
        long mebi = bytes / MEBI;
        return mebi % 1024 == 0
                ? call(Memory.class, "gibibytes", (int) (mebi / 1024))
                : call(Memory.class, "mebibytes", (int) mebi);
    }

    private String duration(Duration duration) {
        String type = type(Duration.class);
        if (duration.toMillisPart() != 0) {
            return "%s.ofMillis(%d)".formatted(type, duration.toMillis());
        }
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 && seconds > 0
                ? "%s.ofMinutes(%d)".formatted(type, seconds / 60)
                : "%s.ofSeconds(%d)".formatted(type, seconds);
    }

    private String thresholds(HealthThresholds thresholds) {
        HealthThresholds usual = HealthThresholds.DEFAULT;
        String text = type(HealthThresholds.class) + ".DEFAULT";
        if (!thresholds.startup().equals(usual.startup())) {
            text += ".startingWithin(%s)".formatted(of(thresholds.startup()));
        }
        if (thresholds.readiness() != usual.readiness()) {
            text += ".unhealthyAfter(%d)".formatted(thresholds.readiness());
        }
        if (thresholds.liveness() != usual.liveness()) {
            text += ".restartedAfter(%d)".formatted(thresholds.liveness());
        }
        return text;
    }

    private String limits(Limits limits) {
        return type(Limits.class) + ".DEFAULT"
                + limits.cpu().map(cpu -> ".cpu(%s)".formatted(of(cpu))).orElse("")
                + limits.processes()
                        .map(count -> ".processes(%s)".formatted(of(count)))
                        .orElse("")
                + limits.openFiles()
                        .map(count -> ".openFiles(%s)".formatted(of(count)))
                        .orElse("")
                + limits.sharedMemory()
                        .map(most -> ".sharedMemory(%s)".formatted(of(most)))
                        .orElse("");
    }

    private String secretText(SecretText text) {
        List<SecretText.Part> parts = text.parts();
        StringBuilder written = new StringBuilder();
        for (SecretText.Part part : parts) {
            boolean isFirst = written.isEmpty();
            switch (part) {
                case SecretText.Part.Plain(EnvText plain) ->
                    written.append(isFirst ? call(SecretText.class, "of", plain) : ".and(%s)".formatted(of(plain)));
                case SecretText.Part.Value(SecretRef secret) ->
                    written.append(isFirst ? call(SecretText.class, "of", secret) : ".and(%s)".formatted(of(secret)));
                case SecretText.Part.InUrl(SecretRef secret) ->
                    written.append(isFirst ? call(SecretText.class, "of", new EnvText("")) : "")
                            .append(".inUrl(%s)".formatted(of(secret)));
            }
        }
        return written.toString();
    }

    /** The name and the value of one variable: where that is a secret as it is, the secret alone. */
    List<Object> variable(EnvName name, SecretText text) {
        return List.of(
                name,
                text.parts().size() == 1 && text.parts().getFirst() instanceof SecretText.Part.Value(SecretRef secret)
                        ? secret
                        : text);
    }

    private String secretEnv(SecretEnv env) {
        return new TreeMap<>(env.variables())
                .entrySet().stream()
                        .map(one -> "(%s)".formatted(all(variable(one.getKey(), one.getValue()))))
                        .collect(Collectors.joining("\n.and", type(SecretEnv.class) + ".of", ""));
    }

    private String config(MountedConfig<?> config) {
        boolean isSecret = config.file().content().stream().anyMatch(ConfigFile.SecretValue.class::isInstance);
        return "%s.%s(%s, %s)"
                .formatted(
                        type(MountedConfig.class),
                        isSecret ? "withSecrets" : "of",
                        file(config.file()),
                        of(config.at()));
    }

    private String file(ConfigFile file) {
        List<ConfigFile.Part> parts = file.content();
        boolean beginsWithText = parts.getFirst() instanceof ConfigFile.Text;
        String beginning = parts.getFirst() instanceof ConfigFile.Text(String text) ? text : "";
        Stream<String> more = parts.stream().skip(beginsWithText ? 1 : 0).map(part -> switch (part) {
            case ConfigFile.Text(String text) -> ".then(%s)".formatted(of(text));
            case ConfigFile.SecretValue secret ->
                ".then(%s)".formatted(of(secret.secret().ref()));
        });
        return "%s.of(%s, %s)%s"
                .formatted(
                        type(ConfigFile.class),
                        of(file.name().value()),
                        of(beginning),
                        more.collect(Collectors.joining()));
    }
}
