package io.nationtech.harmony.importer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads podman's quadlets (podman-systemd.unit(5)) as if they were services of a compose file, so that all that is known of those counts for them.
 */
final class Quadlets {
    private static final String CONTAINER = "Container";
    /** Keys with one value, and compose's word for it. */
    private static final Map<String, String> SINGLE = Map.ofEntries(
            Map.entry("Image", "image"),
            Map.entry("ContainerName", "container_name"),
            Map.entry("HostName", "hostname"),
            Map.entry("User", "user"),
            Map.entry("WorkingDir", "working_dir"),
            Map.entry("ShmSize", "shm_size"),
            Map.entry("PidsLimit", "pids_limit"),
            Map.entry("Memory", "mem_limit"),
            Map.entry("StopTimeout", "stop_grace_period"),
            Map.entry("StopSignal", "stop_signal"),
            Map.entry("RunInit", "init"),
            Map.entry("Entrypoint", "entrypoint"),
            Map.entry("ReadOnly", "read_only"),
            Map.entry("LogDriver", "logging"));
    /** Keys with several. */
    private static final Map<String, String> SEVERAL = Map.ofEntries(
            Map.entry("PublishPort", "ports"),
            Map.entry("AddCapability", "cap_add"),
            Map.entry("DropCapability", "cap_drop"),
            Map.entry("Tmpfs", "tmpfs"),
            Map.entry("AddHost", "extra_hosts"),
            Map.entry("DNS", "dns"),
            Map.entry("DNSSearch", "dns_search"),
            Map.entry("DNSOption", "dns_opt"),
            Map.entry("GroupAdd", "group_add"),
            Map.entry("EnvironmentFile", "env_file"),
            Map.entry("NetworkAlias", "aliases"));

    private static final Set<String> READ = Set.of(
            "Exec",
            "Environment",
            "Secret",
            "Volume",
            "Mount",
            "Network",
            "AddDevice",
            "Ulimit",
            "Sysctl",
            "Label",
            "HealthCmd",
            "HealthInterval",
            "HealthTimeout",
            "HealthRetries",
            "HealthStartPeriod",
            "NoNewPrivileges",
            "SecurityLabelDisable",
            "Timezone",
            "PodmanArgs",
            "AutoUpdate",
            "Pull",
            "Notify",
            "HealthOnFailure",
            "Annotation",
            "Pod",
            "IP",
            "IP6",
            "UserNS",
            "Group",
            "GlobalArgs",
            "HealthStartupCmd",
            "HealthStartupInterval",
            "HealthStartupRetries",
            "HealthStartupSuccess",
            "HealthStartupTimeout",
            "HealthLogDestination",
            "HealthMaxLogCount",
            "HealthMaxLogSize",
            "LogOpt",
            "ServiceName",
            "StartWithPod",
            "ContainersConfModule",
            "ReadOnlyTmpfs",
            "ReloadCmd",
            "ReloadSignal",
            "Retry",
            "RetryDelay");
    private static final Map<String, String> REFUSED = Map.of(
            "Rootfs", "runs a folder of its machine in place of an image",
            "SecurityLabelType", "changes what protects its machine",
            "SeccompProfile", "changes what protects its machine",
            "Unmask", "changes what protects its machine",
            "UIDMap", "says which users of its machine its own are",
            "GIDMap", "says which users of its machine its own are",
            "CgroupsMode", "has its control groups otherwise",
            "EnvironmentHost", "has all variables of its machine",
            "SubUIDMap", "says which users of its machine its own are");

    /** Keys of a pod that say something of its network. */
    private static final Set<String> OF_POD =
            Set.of("PublishPort", "Network", "AddHost", "DNS", "DNSSearch", "DNSOption", "IP", "IP6", "NetworkAlias");

    private static final Pattern ADDRESS = Pattern.compile("[:,]ip6?=([^,]+)");
    private static final Pattern VOLUME_FILE = Pattern.compile("^([A-Za-z0-9_.@-]+)\\.volume(?::|$)");
    private static final Pattern KEEP_ID = Pattern.compile("keep-id:uid=([0-9]+),gid=([0-9]+)");

    private final ProjectFiles files;
    private final Findings findings;
    private final Map<String, Value> volumes = new LinkedHashMap<>();
    private final Map<String, Value> networks = new LinkedHashMap<>();
    private final Map<String, UnitFile> pods = new LinkedHashMap<>();

    /** The key of a service that names the pod which it is of. */
    static final String POD = "x-pod";

    /** That of its fixed addresses. */
    static final String ADDRESSES = "x-addresses";

    private Quadlets(ProjectFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** The services of these units, with the volumes and networks that lie beside them. */
    static Value.Entries document(ProjectFiles files, List<Path> sources, Findings findings) {
        return new Quadlets(files, findings).document(sources);
    }

    private Value.Entries document(List<Path> sources) {
        Map<String, UnitFile> units = new LinkedHashMap<>();
        for (Path source : sources) {
            String name = String.valueOf(source.getFileName());
            UnitFile unit = unit(name);
            String stem = name.replaceFirst("\\.[a-z]+$", "");
            switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "container" -> units.put(stem, unit);
                case "pod" -> pods.put(stem, unit);
                case "volume" -> volumes.put(stem, volume(unit));
                case "network" -> networks.put(stem, network(unit));
                default ->
                    findings.refuse(
                            Place.of(name),
                            "%s is neither a container, a pod, a volume nor a network".formatted(name),
                            "name compose.yaml, or *.container files");
            }
        }
        Map<String, Map<String, Value>> read = new LinkedHashMap<>();
        units.forEach((stem, unit) -> read.put(stem, service(stem, unit, units.keySet())));
        pods.forEach((stem, unit) -> pod(stem, unit, read));
        Map<String, Value> services = new LinkedHashMap<>();
        read.forEach((stem, service) -> services.put(stem, new Value.Entries(service, place(stem, units))));
        Place at = Place.of(String.valueOf(sources.getFirst().getFileName()));
        return new Value.Entries(
                Map.of(
                        "services",
                        new Value.Entries(services, at),
                        "volumes",
                        new Value.Entries(volumes, at),
                        "networks",
                        new Value.Entries(networks, at)),
                at);
    }

    private UnitFile unit(String name) {
        Place at = Place.of(name);
        return UnitFile.read(
                name,
                files.text(name, at)
                        .orElseThrow(() -> new RefusedSourceException(
                                at, "there is no file %s".formatted(name), "name quadlets that lie in one folder")));
    }

    private static Value volume(UnitFile unit) {
        Map<String, Value> options = new HashMap<>();
        unit.last("Volume", "Type").ifPresent(type -> options.put("type", type.scalar()));
        unit.last("Volume", "Device").ifPresent(device -> options.put("device", device.scalar()));
        Map<String, Value> volume = new HashMap<>();
        Place at = unit.settings().isEmpty()
                ? Place.of("volume")
                : unit.settings().getFirst().at();
        volume.put("driver_opts", new Value.Entries(options, at));
        unit.last("Volume", "Driver").ifPresent(driver -> volume.put("driver", driver.scalar()));
        return new Value.Entries(volume, at);
    }

    private static Value network(UnitFile unit) {
        Map<String, Value> network = new HashMap<>();
        unit.last("Network", "Internal").ifPresent(internal -> network.put("internal", internal.scalar()));
        unit.last("Network", "Driver").ifPresent(driver -> network.put("driver", driver.scalar()));
        return new Value.Entries(
                network,
                unit.settings().isEmpty()
                        ? Place.of("network")
                        : unit.settings().getFirst().at());
    }

    private static Place place(String stem, Map<String, UnitFile> units) {
        return Optional.ofNullable(units.get(stem)).stream()
                .flatMap(unit -> unit.settings().stream())
                .map(UnitFile.Setting::at)
                .findFirst()
                .orElse(Place.of(stem));
    }

    /** One of a pod's containers has the network, which the others go through: the first that is not to start after another of them. */
    private void pod(String stem, UnitFile unit, Map<String, Map<String, Value>> services) {
        Map<String, Map<String, Value>> members = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            if (isOf(stem, service)) {
                members.put(name, service);
            }
        });
        Optional<Map.Entry<String, Map<String, Value>>> first = members.entrySet().stream()
                .filter(one ->
                        one.getValue().getOrDefault("depends_on", new Value.Nothing(Place.of(stem))).items().stream()
                                .noneMatch(other -> members.containsKey(other.text())))
                .findFirst();
        first.ifPresent(carrier -> {
            for (UnitFile.Setting setting : unit.settings()) {
                if (setting.section().equals("Pod") && OF_POD.contains(setting.key())) {
                    findings.attempt(setting.at(), () -> setting(carrier.getKey(), setting, carrier.getValue()));
                }
            }
            members.forEach((name, service) -> {
                if (!name.equals(carrier.getKey())) {
                    Place at = unit.settings().isEmpty()
                            ? Place.of(name)
                            : unit.settings().getFirst().at();
                    service.put("network_mode", new Value.Scalar("service:" + carrier.getKey(), at));
                    findings.note(
                            at,
                            "pod '%s' of '%s'".formatted(stem, name),
                            "the network of '%s', which publishes its ports".formatted(carrier.getKey()));
                }
            });
        });
    }

    private static boolean isOf(String pod, Map<String, Value> service) {
        return Optional.ofNullable(service.get(POD))
                .filter(named -> named.text().equals(pod + ".pod"))
                .isPresent();
    }

    private Map<String, Value> service(String stem, UnitFile unit, Set<String> names) {
        Place at = place(stem, Map.of(stem, unit));
        Map<String, Value> service = new LinkedHashMap<>();
        for (UnitFile.Setting setting : unit.settings()) {
            if (setting.section().equals(CONTAINER) && !setting.value().isEmpty()) {
                findings.attempt(setting.at(), () -> setting(stem, setting, service));
            }
        }
        service.computeIfAbsent("container_name", _ -> new Value.Scalar("systemd-" + stem, at));
        health(unit, service, at);
        List<Value> order = new ArrayList<>();
        for (String key : List.of("Requires", "After", "BindsTo", "Wants")) {
            unit.all("Unit", key)
                    .flatMap(one -> ShellWords.split(one.value(), one.at()).stream())
                    .map(one -> one.replaceFirst("\\.service$", ""))
                    .filter(one -> names.contains(one) && !one.equals(stem))
                    .filter(one ->
                            order.stream().noneMatch(other -> other.text().equals(one)))
                    .forEach(one -> order.add(new Value.Scalar(one, at)));
        }
        if (!order.isEmpty()) {
            service.put("depends_on", new Value.Items(order, at));
        }
        unit.last("Service", "Type")
                .filter(type -> type.value().equals("oneshot"))
                .ifPresent(type -> service.put("restart", new Value.Scalar("no", type.at())));
        for (String hook : List.of("ExecStartPre", "ExecStartPost", "ExecStopPost")) {
            unit.last("Service", hook)
                    .ifPresent(one -> findings.note(
                            one.at(),
                            "%s of '%s'".formatted(hook, stem),
                            "left out: nothing runs on the node beside it"));
        }
        return service;
    }

    private void setting(String stem, UnitFile.Setting setting, Map<String, Value> service) {
        String key = setting.key();
        if (SINGLE.containsKey(key)) {
            service.put(SINGLE.getOrDefault(key, ""), single(key, setting));
        } else if (key.equals("NetworkAlias")) {
            add(service, "networks", setting.scalar());
        } else if (SEVERAL.containsKey(key)) {
            split(setting).forEach(value -> add(service, SEVERAL.getOrDefault(key, ""), value));
        } else if (REFUSED.containsKey(key)) {
            findings.refuse(
                    setting.at(),
                    "container '%s' %s: %s".formatted(stem, REFUSED.get(key), key),
                    "leave it out, if the program does without");
        } else if (READ.contains(key)) {
            special(stem, setting, service);
        } else {
            findings.note(
                    setting.at(),
                    "%s of '%s'".formatted(key, stem),
                    "left out: quadlets know no such key, or it says nothing here");
        }
    }

    private static Value single(String key, UnitFile.Setting setting) {
        String value = setting.value();
        return new Value.Scalar(
                key.equals("Image") ? value.replaceFirst("\\.image$", "") : escaped(value), setting.at());
    }

    /** Dollars are compose's, and those of systemd's specifiers stand by themselves. */
    private static String escaped(String value) {
        return value.replace("$", "$$").replace("%%", "%");
    }

    private static List<Value> split(UnitFile.Setting setting) {
        return ShellWords.split(setting.value(), setting.at()).stream()
                .<Value>map(word -> new Value.Scalar(escaped(word), setting.at()))
                .toList();
    }

    private static void add(Map<String, Value> service, String key, Value value) {
        Value before = service.getOrDefault(key, new Value.Nothing(value.at()));
        service.put(key, before.and(value));
    }

    private void special(String stem, UnitFile.Setting setting, Map<String, Value> service) {
        String value = escaped(setting.value());
        Value scalar = new Value.Scalar(value, setting.at());
        switch (setting.key()) {
            case "Exec" -> service.put("command", scalar);
            case "Environment" -> split(setting).forEach(one -> add(service, "environment", one));
            case "Sysctl" -> split(setting).forEach(one -> add(service, "sysctls", one));
            case "Secret" -> secret(setting, service);
            case "Volume" -> {
                ofOthers(value, setting.at());
                add(service, "volumes", new Value.Scalar(volumeName(value), setting.at()));
            }
            case "Mount" -> {
                ofOthers(value.replaceFirst("^(?:.*,)?(?:src|source)=([^,]*).*$", "$1"), setting.at());
                add(service, "volumes", mount(value, setting.at()));
            }
            case "Network" -> network(value, setting.at(), service);
            case "AddDevice" -> device(stem, value, setting.at(), service);
            case "Ulimit" -> ulimit(value, setting.at(), service);
            case "NoNewPrivileges" ->
                add(service, "security_opt", new Value.Scalar("no-new-privileges:" + value, setting.at()));
            case "SecurityLabelDisable" ->
                add(service, "security_opt", new Value.Scalar("label:disable", setting.at()));
            case "Timezone" ->
                add(service, "volumes", new Value.Scalar("/etc/localtime:/etc/localtime:ro", setting.at()));
            case "Pod" -> pod(stem, scalar, service);
            case "UserNS" -> {
                Matcher same = KEEP_ID.matcher(value);
                if (same.matches() && !service.containsKey("user")) {
                    service.put(
                            "user", new Value.Scalar("%s:%s".formatted(same.group(1), same.group(2)), setting.at()));
                }
                findings.note(
                        setting.at(),
                        "UserNS of '%s'".formatted(stem),
                        "left out: its user has the same number on the node; user(…) says which");
            }
            case "Group" ->
                service.computeIfPresent("user", (_, user) -> new Value.Scalar(user.text() + ":" + value, user.at()));
            case "PodmanArgs", "GlobalArgs" -> podman(stem, setting, service);
            case "IP", "IP6" -> add(service, ADDRESSES, scalar);
            case "Label" -> split(setting).forEach(one -> add(service, "labels", one));
            case "AutoUpdate" ->
                add(service, "labels", new Value.Scalar("io.containers.autoupdate=" + value, setting.at()));
            case "Pull", "Annotation" ->
                findings.note(setting.at(), "%s of '%s'".formatted(setting.key(), stem), "left out");
            default -> {
                // How its health is told is read by itself; the rest is podman's and systemd's own.
            }
        }
    }

    private void pod(String stem, Value pod, Map<String, Value> service) {
        if (!pods.containsKey(pod.text().replaceFirst("\\.pod$", ""))) {
            findings.refuse(
                    pod.at(),
                    "container '%s' has the network of pod %s, which is not among these files"
                            .formatted(stem, pod.text()),
                    "name that file too");
        }
        service.put(POD, pod);
    }

    /** A volume whose file is not among these is made by somebody else. */
    private void ofOthers(String source, Place at) {
        Matcher named = VOLUME_FILE.matcher(source);
        if (named.find()) {
            volumes.putIfAbsent(
                    named.group(1), new Value.Entries(Map.of("external", new Value.Scalar("true", at)), at));
        }
    }

    private static String volumeName(String value) {
        String name = value.replaceFirst("^([A-Za-z0-9_.@-]+)\\.volume:", "$1:");
        return name.replaceFirst("^%[hES](/|$)", "~/").replaceFirst("^%t/", "/run/");
    }

    private static void secret(UnitFile.Setting setting, Map<String, Value> service) {
        List<String> options = List.of(setting.value().split(","));
        String name = options.getFirst();
        Optional<String> target = options.stream()
                .filter(one -> one.startsWith("target="))
                .map(one -> one.substring("target=".length()))
                .findFirst();
        if (options.contains("type=env")) {
            String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_SECRET";
            add(
                    service,
                    "environment",
                    new Value.Scalar("%s=${%s}".formatted(target.orElse(name), variable), setting.at()));
        } else {
            Map<String, Value> secret = new HashMap<>();
            secret.put("source", new Value.Scalar(name, setting.at()));
            target.filter(one -> !one.equals(name))
                    .ifPresent(one -> secret.put("target", new Value.Scalar(one, setting.at())));
            add(service, "secrets", new Value.Entries(secret, setting.at()));
        }
    }

    private static Value mount(String value, Place at) {
        Map<String, Value> mount = new HashMap<>();
        for (String option : value.split(",", -1)) {
            String[] parts = option.split("=", 2);
            String text = parts.length > 1 ? parts[1] : "true";
            String key = switch (parts[0]) {
                case "src", "source" -> "source";
                case "dst", "destination", "target" -> "target";
                case "ro", "readonly" -> "read_only";
                default -> parts[0];
            };
            mount.put(key, new Value.Scalar(key.equals("source") ? text.replaceFirst("\\.volume$", "") : text, at));
        }
        return new Value.Entries(mount, at);
    }

    private static void network(String value, Place at, Map<String, Value> service) {
        String name = value.replaceFirst(":.*", "");
        if (name.equals("container") || name.endsWith(".container")) {
            service.put("network_mode", new Value.Scalar("container:" + value.replaceFirst("^container:", ""), at));
        } else if (name.equals("host") || name.equals("none")) {
            service.put("network_mode", new Value.Scalar(name, at));
        } else if (!Set.of("bridge", "pasta", "slirp4netns", "private").contains(name)) {
            add(service, "networks", new Value.Scalar(name.replaceFirst("\\.network$", ""), at));
        }
        Matcher address = ADDRESS.matcher(value);
        while (address.find()) {
            add(service, ADDRESSES, new Value.Scalar(address.group(1), at));
        }
    }

    private void device(String stem, String value, Place at, Map<String, Value> service) {
        String path = value.replaceFirst("^-", "");
        if (path.startsWith("/")) {
            add(service, "devices", new Value.Scalar(path, at));
        } else {
            findings.refuse(
                    at,
                    "container '%s' has graphics processors by their vendor's driver: %s".formatted(stem, path),
                    "leave them out, or give it /dev/dri");
        }
    }

    private static void ulimit(String value, Place at, Map<String, Value> service) {
        String[] parts = value.split("=", 2);
        String most = parts.length > 1 ? parts[1].replaceFirst(".*:", "") : "";
        Map<String, Value> all = new LinkedHashMap<>(
                service.getOrDefault("ulimits", new Value.Nothing(at)).entries());
        all.put(parts[0], new Value.Scalar(most, at));
        service.put("ulimits", new Value.Entries(all, at));
    }

    /** Options of podman that stand as they are; those that give rights or take apart what is apart are no notes. */
    private void podman(String stem, UnitFile.Setting setting, Map<String, Value> service) {
        List<String> words = ShellWords.split(setting.value(), setting.at());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String[] parts = word.split("=", 2);
            boolean hasNext = i + 1 < words.size() && !words.get(i + 1).startsWith("-");
            String text = parts.length > 1 ? parts[1] : hasNext ? words.get(i + 1) : "true";
            Value value = new Value.Scalar(escaped(text), setting.at());
            switch (parts[0]) {
                case "--privileged" -> service.put("privileged", value);
                case "--memory", "-m" -> service.put("mem_limit", value);
                case "--cpus" -> service.put("cpus", value);
                case "--shm-size" -> service.put("shm_size", value);
                case "--hostname" -> service.put("hostname", value);
                case "--tty", "-t", "-it", "--interactive", "-i" ->
                    service.put("tty", new Value.Scalar("true", setting.at()));
                case "--init" -> service.put("init", value);
                case "--pids-limit" -> service.put("pids_limit", value);
                case "--cap-add" -> add(service, "cap_add", value);
                case "--cap-drop" -> add(service, "cap_drop", value);
                case "--security-opt" -> add(service, "security_opt", value);
                case "--tmpfs" -> add(service, "tmpfs", value);
                case "--add-host" -> add(service, "extra_hosts", value);
                case "--network-alias" -> service.put("hostname", value);
                case "--pid" -> service.put("pid", value);
                case "--ipc" -> service.put("ipc", value);
                case "--userns" -> service.put("userns_mode", value);
                case "--gpus" -> service.put("gpus", value);
                case "--device" -> add(service, "devices", value);
                case "--device-cgroup-rule" -> service.put("device_cgroup_rules", value);
                case "--uidmap", "--gidmap", "--cgroupns", "--uts", "--rootfs" ->
                    findings.refuse(
                            setting.at(),
                            "container '%s' is told apart from its machine otherwise: %s".formatted(stem, parts[0]),
                            "leave it out");
                default -> {
                    if (word.startsWith("-")) {
                        findings.note(
                                setting.at(), "%s of '%s'".formatted(parts[0], stem), "left out: it says nothing here");
                    }
                }
            }
        }
    }

    private static void health(UnitFile unit, Map<String, Value> service, Place at) {
        unit.last(CONTAINER, "HealthCmd").ifPresent(command -> {
            Map<String, Value> check = new LinkedHashMap<>();
            check.put(
                    "test",
                    command.value().strip().equals("none")
                            ? new Value.Items(List.of(new Value.Scalar("NONE", at)), at)
                            : new Value.Scalar(escaped(command.value()), command.at()));
            Map.of(
                            "HealthInterval",
                            "interval",
                            "HealthTimeout",
                            "timeout",
                            "HealthRetries",
                            "retries",
                            "HealthStartPeriod",
                            "start_period")
                    .forEach((key, word) -> unit.last(CONTAINER, key).ifPresent(one -> check.put(word, one.scalar())));
            service.put("healthcheck", new Value.Entries(check, command.at()));
        });
    }
}
