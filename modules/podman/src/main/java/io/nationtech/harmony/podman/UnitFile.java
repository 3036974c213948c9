package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A container as a quadlet file: podman-systemd.unit(5), of podman 5.3 or newer.
 *
 * @param publishAt the local address at which ports are published; all when empty
 * @param mountPoints where something must be mounted before it starts
 */
record UnitFile(UnitName name, EquippedContainer equipped, Optional<IpAddress> publishAt, List<String> mountPoints) {
    UnitFile {
        mountPoints = List.copyOf(mountPoints);
    }

    /** For what podman does when a container ended. */
    private static final Duration PODMANS_OWN = Duration.ofSeconds(30);

    /** What may stand in a value: no line ends, blanks, quotes, backslashes, dollars; '%' begins a specifier and is doubled. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/@%,=\\[\\]-]+");

    /**
     * The text. Nothing in it needs the network: the image is in the store already, and the wait for the network that quadlet
     * adds by itself (two minutes where there is none) is turned off.
     */
    String text() {
        return """
                # Written by the Harmony agent, which writes it again when the deployment changes.
                [Unit]
                Description=Container %s of deployment %s
                %s# Never give up: after a power cut nobody may be there.
                StartLimitIntervalSec=0

                [Container]
                ContainerName=%s
                Image=%s
                Pull=never
                %s%s%sLabel=%s
                Label=%s
                Label=%s
                LogDriver=journald
                # By podman, not MemoryMax=: that would count podman's own start, which takes more than a small container.
                PodmanArgs=%s
                %s
                [Service]
                Environment="HARMONY_EMPTY=" "HARMONY_SEMICOLON=;"
                # What of the processors it has when others want them too, the agent among them.
                CPUWeight=%s
                %s%sRestart=%s
                RestartSec=5
                # Later than podman, which kills the process by itself.
                TimeoutStopSec=%s
                # 143: ended by SIGTERM, as asked.
                SuccessExitStatus=143
                %s
                [Quadlet]
                DefaultDependencies=false
                """.formatted(
                        value(container().name()),
                        value(name.deployment()),
                        after(),
                        value(name),
                        value(container().image()),
                        ports(),
                        devices(),
                        volumes(),
                        value(Labels.DEPLOYMENT + "=" + name.deployment()),
                        value(Labels.CONTAINER + "=" + container().name()),
                        value(Labels.FINGERPRINT + "=" + fingerprint()),
                        words(Stream.concat(PodmanArguments.common(container()).stream(), equipped.words().stream())
                                .toList()),
                        exec(),
                        PodmanArguments.cpuWeight(container()),
                        walls() + mountChecks(),
                        credentials(),
                        restart(),
                        container().timeToStop().plus(PODMANS_OWN).toSeconds(),
                        install());
    }

    /** With the machine, those start first whose names others use; it ends before them. */
    private String after() {
        return container().network().shared().stream()
                        .flatMap(shared -> shared.before(container().name()).stream())
                        .map(earlier -> "After=%s\n".formatted(service(earlier)))
                        .collect(Collectors.joining())
                + carrier()
                        .map("# It has the network of that, and ends with it.\nBindsTo=%s\n"::formatted)
                        .orElse("");
    }

    private Optional<String> carrier() {
        return container().network().through().map(this::service);
    }

    private String service(ContainerName other) {
        return value(new UnitName(name.deployment(), other).service());
    }

    /** At boot nobody else puts them up. What cannot be loaded starts no container, and is tried again as any other start. */
    private String walls() {
        return container().isOnHostNetwork()
                ? ""
                : "ExecStartPre=/usr/sbin/nft --file %s\n".formatted(value(QuadletRuntime.KNOWN_WALLS));
    }

    /**
     * Systemd mounts what it knows of by itself, as quadlet says so for each folder of the machine. What it does not know of, or was taken away
     * by hand, is looked for each time; a try that fails is repeated as any other.
     */
    private String mountChecks() {
        return mountPoints.stream()
                .map(point -> "ExecStartPre=/usr/bin/mountpoint --quiet %s/.\n".formatted(value(point)))
                .collect(Collectors.joining());
    }

    /** A job runs when the agent says so, and not because the machine starts. What has the network of another starts whenever that does. */
    private String install() {
        return isJob() ? "" : """

                [Install]
                WantedBy=multi-user.target%s
                """.formatted(carrier().map(" "::concat).orElse(""));
    }

    private boolean isJob() {
        return container().execution().job().isPresent();
    }

    private String restart() {
        if (isJob()) {
            return "no";
        }
        return switch (container().execution().restart()) {
            case ALWAYS -> "always";
            // Work that fails is tried again ever more seldom: systemd.service(5).
            case ON_FAILURE -> "on-failure\nRestartSteps=6\nRestartMaxDelaySec=300";
        };
    }

    /** Before the names of volumes: what is in one deployment on this machine. */
    static String owner(DeploymentName deployment) {
        return "harmony-" + deployment;
    }

    Container container() {
        return equipped.container();
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(equipped, publishAt);
    }

    /** Of which each arrives as it is. */
    private static String words(List<String> words) {
        return words.stream().map(UnitQuoting::word).collect(Collectors.joining(" "));
    }

    private String exec() {
        List<String> arguments = PodmanArguments.arguments(container());
        return arguments.isEmpty()
                ? ""
                : "Exec=%s\n"
                        .formatted(arguments.stream().map(UnitFile::argument).collect(Collectors.joining(" ")));
    }

    /**
     * Quadlet quotes no word in which nothing looks like it: an empty one would be lost, and systemd ends a command at a semicolon that
     * stands alone. A variable of systemd's becomes just one word, whatever its value.
     */
    private static String argument(String word) {
        return switch (word) {
            case "" -> "${HARMONY_EMPTY}";
            case ";" -> "${HARMONY_SEMICOLON}";
            default -> UnitQuoting.word(word);
        };
    }

    private String ports() {
        return PodmanArguments.published(publishAt, container()).stream()
                .map(port -> "PublishPort=%s\n".formatted(value(port)))
                .collect(Collectors.joining());
    }

    private String devices() {
        return equipped.deviceFiles().stream()
                .map(file -> "AddDevice=%s\n".formatted(value(file)))
                .collect(Collectors.joining());
    }

    /** Files in memory, see {@link #credentials}; and what the container keeps. */
    private String volumes() {
        return Stream.of(
                        container().security().secrets().stream()
                                .map(secret ->
                                        "%s:%s:ro".formatted(inMemory(secret), PodmanArguments.insideOf(secret))),
                        container().storage().volumes().stream()
                                .map(volume -> PodmanArguments.mounted(owner(name.deployment()), volume)),
                        equipped.mounts().stream())
                .flatMap(all -> all)
                .map(volume -> "Volume=%s\n".formatted(value(volume)))
                .collect(Collectors.joining());
    }

    /**
     * Systemd opens what is encrypted on disk into memory when the unit starts, for root's eyes only; a container's process may be of
     * another user, so it gets a copy in a folder that no other process of that user can enter.
     */
    private String credentials() {
        if (container().security().secrets().isEmpty()) {
            return "";
        }
        String loads = container().security().secrets().stream()
                .map(secret -> """
                        LoadCredentialEncrypted=%1$s:%2$s
                        ExecStartPre=/usr/bin/install --mode=0444 %%d/%1$s %3$s
                        """.formatted(
                                value(secret.ref().name()),
                                value(CredentialFolder.KNOWN_AS.resolve(CredentialFolder.file(name, secret))),
                                value(inMemory(secret))))
                .collect(Collectors.joining());
        return """
                # In memory, and gone when the unit stops.
                RuntimeDirectory=%s
                RuntimeDirectoryMode=0700
                %s""".formatted(value("harmony-secrets/" + name), loads);
    }

    private String inMemory(MountedSecret secret) {
        return "/run/harmony-secrets/%s/%s".formatted(name, secret.ref().name());
    }

    /** A value that can only be read as itself. The value types allow nothing else; this is for the day when one does. */
    static String value(Object value) {
        String text = value.toString();
        if (!HARMLESS.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' cannot stand in a unit file".formatted(text));
        }
        return text.replace("%", "%%");
    }
}
