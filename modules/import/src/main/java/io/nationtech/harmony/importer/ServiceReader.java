package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.Privilege;
import io.nationtech.harmony.domain.score.LastingService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.value.Memory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one service of a compose file. Each key that compose knows is read, told, or a reason to refuse. */
final class ServiceReader {
    /** What a service gets that says no limit. */
    static final Memory PROPOSED = Memory.mebibytes(256);

    /** In whose place a household has its own: a name that leads nowhere else (ICANN's .internal). */
    private static final String REGISTRY = "registry.internal";

    private static final Set<String> READ = Set.of(
            "image",
            "build",
            "ports",
            "environment",
            "env_file",
            "volumes",
            "tmpfs",
            "configs",
            "secrets",
            "command",
            "entrypoint",
            "user",
            "working_dir",
            "init",
            "tty",
            "stdin_open",
            "stop_grace_period",
            "stop_signal",
            "extra_hosts",
            "dns",
            "sysctls",
            "deploy",
            "mem_limit",
            "cpus",
            "pids_limit",
            "shm_size",
            "ulimits",
            "privileged",
            "cap_add",
            "cap_drop",
            "security_opt",
            "devices",
            "healthcheck",
            "depends_on",
            "links",
            "networks",
            "network_mode",
            "container_name",
            "hostname",
            "restart",
            "expose",
            "profiles",
            "read_only",
            "extends",
            "pull_policy",
            "labels");
    private static final Map<String, String> TOLD = Map.ofEntries(
            Map.entry("logging", "left out: a node keeps and bounds the logs"),
            Map.entry("platform", "left out: a node runs images of its own architecture"),
            Map.entry("mac_address", "left out"),
            Map.entry("domainname", "left out"),
            Map.entry("group_add", "left out: user(…) says one group"),
            Map.entry("dns_search", "left out"),
            Map.entry("dns_opt", "left out"),
            Map.entry("annotations", "left out"),
            Map.entry("attach", "left out"),
            Map.entry("develop", "left out"),
            Map.entry("scale", "once; replicas(…) says more, outside of a group"),
            Map.entry("blkio_config", "left out"),
            Map.entry("cpu_shares", "left out: cpuRequest(…) says what is kept for it"),
            Map.entry("cpu_quota", "left out: limits(…) says how much it may take"),
            Map.entry("cpu_period", "left out: limits(…) says how much it may take"),
            Map.entry("cpu_percent", "left out: limits(…) says how much it may take"),
            Map.entry("cpu_count", "left out: limits(…) says how much it may take"),
            Map.entry("cpuset", "left out"),
            Map.entry("mem_reservation", "left out: memoryRequest(…) says what is kept for it"),
            Map.entry("memswap_limit", "left out: a node has no swap for containers"),
            Map.entry("mem_swappiness", "left out: a node has no swap for containers"),
            Map.entry("oom_kill_disable", "left out"),
            Map.entry("oom_score_adj", "left out"),
            Map.entry("storage_opt", "left out"),
            Map.entry("isolation", "left out"),
            Map.entry("label_file", "left out: labels are for other tools"),
            Map.entry("cgroup_parent", "left out"),
            Map.entry(
                    "external_links",
                    "left out: what is used there is said by with(Uses.of(…)), once it is a deployment too"),
            Map.entry("version", "left out"),
            Map.entry("name", "left out"));
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("ipc", "shares memory with its machine or others"),
            Map.entry("pid", "sees the processes of its machine or of others"),
            Map.entry("userns_mode", "says which users of its machine its own are"),
            Map.entry("uts", "has its machine's own name"),
            Map.entry("cgroup", "sees the control groups of its machine"),
            Map.entry("device_cgroup_rules", "says by numbers which devices it may use"),
            Map.entry("volumes_from", "has all mounts of another"),
            Map.entry("credential_spec", "has credentials of Windows"),
            Map.entry("runtime", "runs in a runtime of its own"),
            Map.entry("gpus", "has graphics processors by their vendor's driver"),
            Map.entry("provider", "is made by a plugin of compose"),
            Map.entry("models", "uses models that compose runs"),
            Map.entry("use_api_socket", "uses the socket of the container engine"),
            Map.entry("post_start", "has commands that run in it after it started"),
            Map.entry("pre_stop", "has commands that run in it before it ends"));

    private final Project project;
    private final Draft draft;

    ServiceReader(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    void read() {
        Value service = draft.source;
        keys(service);
        image(service);
        RightsReader rights = new RightsReader(project, draft);
        network(service, rights);
        if (draft.image.isEmpty()) {
            return;
        }
        EnvironmentReader environment = new EnvironmentReader(project, draft);
        Map<String, Value> variables = environment.variables(service);
        environment.read(variables);
        DeviceReader devices = new DeviceReader(project, draft, rights);
        new ProgramReader(project, draft).read(service);
        new LabelReader(project, draft).read(service);
        rights.read(service);
        service.get("devices").ifPresent(devices::read);
        reservedDevices(service);
        MountReader mounts = new MountReader(project, draft, rights, devices);
        mounts.read(service);
        rights.propose(draft.image.get(), variables.keySet());
        mounts.sayHostPaths();
        if (!draft.isJob) {
            new HealthReader(project, draft).read(service.get("healthcheck"));
        }
    }

    private void keys(Value service) {
        service.entries().forEach((key, value) -> {
            if (READ.contains(key) || key.startsWith("x-") || value.isEmpty()) {
                return;
            }
            String refused = REFUSED.get(key);
            if (refused != null && !isHarmless(key, value)) {
                project.findings()
                        .refuse(
                                value.at(),
                                "service '%s' %s: %s".formatted(draft, refused, key),
                                "leave it out, if the program does without");
            } else if (refused == null) {
                project.findings()
                        .note(
                                value.at(),
                                "%s of '%s'".formatted(key, draft),
                                TOLD.getOrDefault(key, "left out: compose knows no such key"));
            }
        });
    }

    private static boolean isHarmless(String key, Value value) {
        return switch (key) {
            case "pid" -> value.text().equals("host");
            case "ipc" -> Set.of("private", "shareable", "host").contains(value.text());
            case "cgroup" -> value.text().equals("private");
            case "userns_mode" -> value.text().equals("host") || value.text().equals("private");
            case "runtime" -> value.text().equals("runc") || value.text().equals("crun");
            case "use_api_socket" -> !value.isTrue();
            default -> false;
        };
    }

    private void image(Value service) {
        String image = service.get("image").map(project::plain).orElse("");
        Place at = service.get("image")
                .or(() -> service.get("build"))
                .map(Value::at)
                .orElse(draft.at);
        boolean isBuilt = service.get("build").isPresent();
        if (image.isEmpty() && !isBuilt) {
            project.findings().refuse(at, "service '%s' names no image".formatted(draft), "name it by `image:`");
            return;
        }
        if (Holes.isIn(image)) {
            project.findings()
                    .refuse(
                            at,
                            "image %s of service '%s' has a variable without a value".formatted(image, draft),
                            "give it one in .env");
            return;
        }
        String name =
                image.isEmpty() ? "%s/%s-%s:1".formatted(REGISTRY, Vault.label(project.name()), draft.name) : image;
        if (isBuilt) {
            project.findings()
                    .note(
                            at,
                            "image of '%s', built from source".formatted(draft),
                            "build it, and push it as %s, or name another".formatted(name));
        }
        project.findings().attempt(at, () -> draft.image = Optional.of(Images.complete(name)));
    }

    private void network(Value service, RightsReader rights) {
        Place at = service.get("network_mode").map(Value::at).orElse(draft.at);
        if (draft.through.isPresent()) {
            through(service, draft.through.get());
            return;
        }
        String mode = service.get("network_mode").map(project::plain).orElse("");
        switch (mode) {
            case "host" -> {
                rights.allow(Privilege.HOST_NETWORK, "so in %s: network_mode".formatted(at.file()));
                project.findings()
                        .note(
                                at,
                                "network of the machine for '%s'".formatted(draft),
                                "what it listens at is not known: say its ports by publishes(…), so that nobody else gets them");
            }
            case "", "bridge", "default" -> {
                if (draft.isJob) {
                    service.get("ports")
                            .ifPresent(ports -> project.findings()
                                    .note(ports.at(), "ports of job '%s'".formatted(draft), "left out"));
                } else {
                    service.get("ports").ifPresent(new PortReader(project, draft)::read);
                }
            }
            default ->
                project.findings()
                        .refuse(
                                at,
                                "service '%s' has the network of another, or none: %s".formatted(draft, mode),
                                "give it a network of its own");
        }
        networks(service);
    }

    private void through(Value service, Draft carrier) {
        Word word = Word.of(
                "through",
                one -> ((PrivateService) one)
                        .through((LastingService<?>) Opening.of(carrier).made()),
                new Reference(carrier.variable));
        draft.say(service.text(Quadlets.POD)
                .map(pod -> word.saying("all of %s have one network".formatted(pod)))
                .orElse(word));
        service.get("ports").ifPresent(ports -> {
            new PortReader(project, carrier).read(ports);
            project.findings()
                    .note(
                            ports.at(),
                            "ports of '%s'".formatted(draft),
                            "published by '%s', whose network it has".formatted(carrier));
        });
    }

    private void networks(Value service) {
        Value networks = service.get("networks").orElse(new Value.Nothing(draft.at));
        List<String> names = networks instanceof Value.Entries
                ? List.copyOf(networks.entries().keySet())
                : networks.items().stream().map(Value::text).toList();
        for (String name : names) {
            Value declared = project.named("networks", name);
            if (declared.get("driver")
                    .map(Value::text)
                    .filter(driver -> driver.equals("macvlan") || driver.equals("ipvlan"))
                    .isPresent()) {
                project.findings()
                        .refuse(
                                networks.at(),
                                "service '%s' has an address of its own on the site's network: %s"
                                        .formatted(draft, name),
                                "publish its ports at the node's address");
            } else if (declared.get("external")
                    .map(external -> external.isTrue() || external instanceof Value.Entries)
                    .orElse(false)) {
                project.findings()
                        .note(
                                declared.at(),
                                "network '%s' of others".formatted(name),
                                "left out: what is used there is said by with(Uses.of(…)), once it is a deployment too");
            } else if (declared.get("internal").map(Value::isTrue).orElse(false)) {
                project.findings()
                        .note(
                                declared.at(),
                                "network '%s' without a way out".formatted(name),
                                "its services can reach others outside");
            }
        }
        if (names.size() > 1) {
            project.findings()
                    .note(
                            networks.at(),
                            "networks %s of '%s'".formatted(String.join(", ", names), draft),
                            "one for the group: all in it reach each other");
        }
    }

    private void reservedDevices(Value service) {
        service.get("deploy")
                .flatMap(deploy -> deploy.get("resources"))
                .flatMap(resources -> resources.get("reservations"))
                .flatMap(reservations -> reservations.get("devices"))
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> project.findings()
                        .refuse(
                                value.at(),
                                "service '%s' has graphics processors by their vendor's driver".formatted(draft),
                                "leave them out, or give it /dev/dri"));
    }
}
