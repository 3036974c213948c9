package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.Limits;
import io.nationtech.harmony.domain.node.ProgramOption;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.node.StopSignal;
import io.nationtech.harmony.domain.node.Sysctl;
import io.nationtech.harmony.domain.score.LastingService;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.FileCount;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ProcessCount;
import io.nationtech.harmony.domain.value.SysctlValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what a service runs, and what it cannot take more of. */
final class ProgramReader {
    private final Project project;
    private final Draft draft;
    private Limits limits = Limits.DEFAULT;

    ProgramReader(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    private void on(Value service, String key, Consumer<Value> reading) {
        service.get(key)
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> project.findings().attempt(value.at(), () -> reading.accept(value)));
    }

    void read(Value service) {
        project.findings().attempt(draft.at, () -> commands(service));
        on(service, "working_dir", folder -> {
            FolderPath path = FolderPath.of(project.plain(folder));
            draft.say(Word.of("workingFolder", one -> one.workingFolder(path), path));
        });
        on(service, "init", value -> option(value, ProgramOption.INIT));
        if (service.get("tty")
                .or(() -> service.get("stdin_open"))
                .map(Value::isTrue)
                .orElse(false)) {
            draft.say(Word.of("option", one -> one.option(ProgramOption.TERMINAL), ProgramOption.TERMINAL));
        }
        on(service, "stop_grace_period", this::stopsWithin);
        on(service, "stop_signal", this::stopSignal);
        on(service, "extra_hosts", this::hosts);
        on(service, "dns", this::dns);
        on(service, "sysctls", this::sysctls);
        limits(service);
    }

    private void commands(Value service) {
        Commands commands = new Commands(project, draft);
        commands.read(
                service.get("entrypoint").filter(value -> !value.isEmpty()),
                service.get("command").filter(value -> !value.isEmpty()));
        if (!commands.secrets().isEmpty()) {
            Commands.join(draft, commands.secrets());
        }
    }

    private void option(Value value, ProgramOption option) {
        if (value.isTrue()) {
            draft.say(Word.of("option", one -> one.option(option), option));
        }
    }

    private void stopsWithin(Value value) {
        Duration time = Amounts.time(project.plain(value)).orElse(Stop.USUAL);
        Duration whole = Duration.ofSeconds(Math.clamp(time.toSeconds(), 1, Stop.LONGEST.toSeconds()));
        if (time.compareTo(Stop.LONGEST) > 0) {
            project.findings()
                    .note(
                            value.at(),
                            "stop_grace_period %s of '%s'".formatted(project.plain(value), draft),
                            "%d s, which is the longest".formatted(whole.toSeconds()));
        }
        draft.say(Word.of("stopsWithin", one -> one.stopsWithin(whole), whole));
    }

    private void stopSignal(Value value) {
        String name = project.plain(value).toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        Optional<StopSignal> signal = Arrays.stream(StopSignal.values())
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (signal.isEmpty()) {
            throw new RefusedSourceException(
                    value.at(),
                    "signal '%s' ends no container".formatted(name),
                    "use one of " + Arrays.toString(StopSignal.values()));
        }
        draft.say(Word.of("stopSignal", one -> one.stopSignal(signal.get()), signal.get()));
    }

    private void hosts(Value value) {
        Map<String, String> hosts = new LinkedHashMap<>();
        value.entries().forEach((name, address) -> hosts.put(name, project.plain(address)));
        for (Value item : value instanceof Value.Entries ? List.<Value>of() : value.items()) {
            String[] parts = project.plain(item).split("[:=]", 2);
            hosts.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        hosts.forEach((name, address) -> {
            if (address.equals("host-gateway") || Holes.isIn(address)) {
                project.findings()
                        .note(
                                value.at(),
                                "%s in '%s', for %s".formatted(name, draft, address),
                                "the node is host.containers.internal");
                return;
            }
            Optional<Draft> other = project.names().of(address);
            if (other.isPresent()) {
                draft.belongsTo.add(other.get());
                project.findings()
                        .note(
                                value.at(),
                                "%s in '%s', for %s".formatted(name, draft, address),
                                "its name, %s, wherever that is said".formatted(other.get().name));
                return;
            }
            DnsName alias = DnsName.of(name);
            IpAddress where = IpAddress.of(address.replaceAll("[\\[\\]]", ""));
            draft.ofNetwork().say(Word.of("hostAlias", one -> one.hostAlias(alias, where), alias, where));
        });
    }

    private void dns(Value value) {
        List<IpAddress> servers = value.items().stream()
                .map(project::plain)
                .filter(text -> !Holes.isIn(text) && !isAsked(text, value.at()))
                .map(IpAddress::of)
                .toList();
        if (servers.isEmpty()) {
            return;
        }
        IpAddress[] others = servers.stream().skip(1).toArray(IpAddress[]::new);
        draft.ofNetwork()
                .say(new Word(
                        "dnsServers",
                        List.copyOf(servers),
                        Optional.empty(),
                        one -> one.dnsServers(servers.getFirst(), others)));
    }

    /** Whether it is the address of another service, which is asked then. */
    private boolean isAsked(String address, Place at) {
        Draft asking = draft.ofNetwork();
        Optional<Draft> server = project.names().of(address).filter(other -> other.ofNetwork() != asking);
        server.ifPresent(other -> {
            if (Order.wouldCircle(asking, other)) {
                project.findings()
                        .note(
                                at,
                                "DNS server %s of '%s'".formatted(address, draft),
                                "left out: '%s' starts after it".formatted(other));
                return;
            }
            asking.belongsTo.add(other);
            asking.startsAfter.add(other);
            asking.say(Word.of(
                    "asks",
                    one -> one.asks((LastingService<?>) Opening.of(other).made()),
                    new Reference(other.variable)));
        });
        return server.isPresent();
    }

    private void sysctls(Value value) {
        value.named().forEach((name, number) -> {
            Optional<Sysctl> sysctl = Arrays.stream(Sysctl.values())
                    .filter(one -> one.kernelName().equals(name))
                    .findFirst();
            String text = project.plain(number);
            if (sysctl.isEmpty() || !text.matches("[0-9]{1,5}")) {
                project.findings()
                        .note(
                                number.at(),
                                "sysctl %s of '%s'".formatted(name, draft),
                                "left out: no container has it for itself; set it on the node");
                return;
            }
            SysctlValue to = SysctlValue.of(Integer.parseInt(text));
            draft.ofNetwork().say(Word.of("sysctl", one -> one.sysctl(sysctl.get(), to), sysctl.get(), to));
        });
    }

    private void limits(Value service) {
        Value resources = service.get("deploy")
                .flatMap(deploy -> deploy.get("resources"))
                .orElse(new Value.Nothing(service.at()));
        Value most = resources.get("limits").orElse(resources);
        on(most, "memory", value -> draft.memoryLimit = memory(value));
        on(service, "mem_limit", value -> draft.memoryLimit = memory(value));
        on(most, "cpus", this::cpus);
        on(service, "cpus", this::cpus);
        on(most, "pids", this::processes);
        on(service, "pids_limit", this::processes);
        on(service, "shm_size", value -> memory(value).ifPresent(this::sharedMemory));
        on(service, "ulimits", this::ulimits);
        if (!limits.equals(Limits.DEFAULT)) {
            Limits all = limits;
            draft.say(Word.of("limits", one -> one.limits(all), all));
        }
        on(resources.get("reservations").orElse(new Value.Nothing(service.at())), "memory", this::request);
    }

    /** It is part of the memory limit, which is raised where nobody said it. */
    private void sharedMemory(Memory size) {
        limits = limits.sharedMemory(size);
        draft.proposed = Memory.ofBytes(draft.proposed.bytes() + size.bytes());
    }

    private Optional<Memory> memory(Value value) {
        String text = project.plain(value);
        Optional<Memory> memory = Amounts.memory(text);
        if (memory.isEmpty()) {
            project.findings()
                    .note(value.at(), "memory '%s' of '%s'".formatted(text, draft), "is no amount, and is left out");
        }
        return memory;
    }

    private void request(Value value) {
        Optional<Memory> request = memory(value);
        Memory limit = draft.limit();
        if (request.isPresent() && request.get().compareTo(limit) <= 0) {
            draft.say(Word.of("memoryRequest", one -> one.memoryRequest(request.get()), request.get()));
        } else if (request.isPresent() && draft.memoryLimit.isEmpty()) {
            draft.memoryLimit = request;
        }
    }

    private void cpus(Value value) {
        String text = project.plain(value);
        if (text.matches("[0-9]+(\\.[0-9]+)?") && Double.parseDouble(text) >= 0.001) {
            limits = limits.cpu(CpuShare.millis((int) Math.round(Double.parseDouble(text) * 1000)));
        }
    }

    private void processes(Value value) {
        String text = project.plain(value);
        if (text.matches("[1-9][0-9]{0,8}")) {
            limits = limits.processes(ProcessCount.of(Math.min(Integer.parseInt(text), 32_768)));
        }
    }

    private void ulimits(Value value) {
        value.entries().forEach((name, limit) -> {
            String text = project.plain(limit.get("soft").orElse(limit));
            String hard = project.plain(limit.get("hard").orElse(limit));
            String most = hard.isEmpty() ? text : hard;
            if (name.equals("nofile") && most.matches("[0-9]{1,9}")) {
                limits = limits.openFiles(FileCount.of(Math.clamp(Integer.parseInt(most), 16, 1_048_576)));
            } else if (name.equals("nproc") && most.matches("[1-9][0-9]{0,8}")) {
                limits = limits.processes(ProcessCount.of(Math.min(Integer.parseInt(most), 32_768)));
            } else {
                project.findings()
                        .note(limit.at(), "ulimit %s of '%s'".formatted(name, draft), "left out: as the node has it");
            }
        });
    }
}
