package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.SetDriver;
import io.nationtech.harmony.resolver.HandedZone;
import io.nationtech.harmony.resolver.Resolver;
import io.nationtech.harmony.resolver.ResolverKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks up names by one unbound. A configuration is tried before it takes the place of the one that serves, and taken up with all that is known and
 * all who wait for an answer.
 */
public final class UnboundDriver implements SetDriver<Resolver> {
    private static final ResolverKind KIND = new ResolverKind();
    private static final Path PROGRAMS = Path.of("/usr/sbin");
    private static final Path PROGRAM = PROGRAMS.resolve("unbound");
    private static final String UNIT = "harmony-resolver";
    private static final int PERCENT = 100;

    private final Supplier<SortedSet<IpAddress>> addresses;
    private final UnboundConfig.Trust trust;
    private final UnboundFolder files;
    private final Path run;
    private final ServerProcess process;
    private final UnboundControl control;

    private UnboundDriver(
            Supplier<SortedSet<IpAddress>> addresses,
            UnboundConfig.Trust trust,
            Path folder,
            Path run,
            Function<ServerProgram, ServerProcess> process) {
        this.addresses = addresses;
        this.trust = trust;
        this.files = new UnboundFolder(folder);
        this.run = run;
        this.control = new UnboundControl(PROGRAMS, files.config());
        this.process = process.apply(new ServerProgram(
                UNIT,
                "Names looked up for the machines of the site",
                "unbound",
                List.of(PROGRAM.toString(), "-d", "-c", files.config().toString()),
                run,
                "1G"));
    }

    /** For {@link java.util.ServiceLoader}; a node without unbound looks up no names. */
    public static DriverProvider provider() {
        return context -> Files.isExecutable(PROGRAM) ? Optional.of(of(context)) : Optional.empty();
    }

    private static UnboundDriver of(NodeContext context) {
        Supplier<SortedSet<IpAddress>> addresses = OwnAddresses.of(context);
        Path folder = context.inMemory(KIND.name());
        return ServerUnit.isUsed(context)
                ? new UnboundDriver(
                        addresses, UnboundConfig.Trust.DEBIANS, folder, Path.of("/run", UNIT), ServerUnit::of)
                : byItself(addresses, UnboundConfig.Trust.DEBIANS, folder);
    }

    static UnboundDriver byItself(Supplier<SortedSet<IpAddress>> addresses, UnboundConfig.Trust trust, Path folder) {
        Path run = folder.resolve("run");
        UnboundControl control = new UnboundControl(PROGRAMS, new UnboundFolder(folder).config());
        return new UnboundDriver(
                addresses, trust, folder, run, program -> new ServerDaemon(program, control::isAnswered));
    }

    @Override
    public ResourceKind<Resolver> kind() {
        return KIND;
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        Optional<UnboundFolder.TakenUp> taken = takenUp();
        List<ResourceId> own = taken.stream()
                .flatMap(one -> one.owners().stream())
                .filter(owned -> owned.deployment().equals(deployment))
                .map(Owned::resource)
                .toList();
        return own.isEmpty() ? List.of() : status(own, control.counters());
    }

    private static List<ResourceStatus> status(List<ResourceId> own, Optional<Map<String, Long>> counters) {
        return own.stream()
                .map(id -> counters.map(known -> ResourceStatus.of(id, Phase.READY)
                                .health(Health.HEALTHY)
                                .detail(words(known)))
                        .orElseGet(() -> ResourceStatus.of(id, Phase.STOPPED).detail("unbound does not answer")))
                .toList();
    }

    private Optional<UnboundFolder.TakenUp> takenUp() {
        try {
            return files.takenUp();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(unwritable(e));
        }
    }

    private static String words(Map<String, Long> counters) {
        long asked = counters.getOrDefault("total.num.queries", 0L);
        long known = counters.getOrDefault("total.num.cachehits", 0L);
        return asked == 0
                ? "asked 0 times"
                : "asked %s times, of which it knew %d %%".formatted(Rounded.words(asked), known * PERCENT / asked);
    }

    @Override
    public Map<Owned, Outcome> converge(Map<Owned, Resolver> all, Function<DeploymentName, Means> means) {
        try {
            return all.isEmpty() ? end() : serve(all);
        } catch (IOException e) {
            Outcome failed = new Outcome.Failed(unwritable(e));
            return all.keySet().stream().collect(Collectors.toMap(Function.identity(), _ -> failed));
        }
    }

    private Cause unwritable(IOException e) {
        return new Cause(
                "the files of unbound cannot be read or written: " + e,
                files.folder().toString(),
                "look whether there is room: `df -h %s`; who asks is answered as before".formatted(files.folder()));
    }

    private Map<Owned, Outcome> end() throws IOException {
        process.stop();
        files.clear();
        return Map.of();
    }

    /** What several deployments say is one, where they ask the same upstream; of others, who was first. */
    private Map<Owned, Outcome> serve(Map<Owned, Resolver> all) throws IOException {
        Optional<UnboundFolder.TakenUp> before = files.takenUp();
        NavigableMap<Owned, Resolver> wanted = new TreeMap<>(all);
        Map.Entry<Owned, Resolver> leader = wanted.entrySet().stream()
                .filter(one -> before.filter(old -> old.owners().contains(one.getKey()))
                        .isPresent())
                .findFirst()
                .orElseGet(wanted::firstEntry);
        Map<Owned, Outcome> outcomes = new HashMap<>();
        wanted.entrySet().removeIf(one -> {
            boolean isOther =
                    !one.getValue().upstream().equals(leader.getValue().upstream());
            if (isOther) {
                outcomes.put(one.getKey(), new Outcome.Failed(taken(leader.getKey())));
            }
            return isOther;
        });
        outcomes.putAll(takeUp(wanted, before));
        return outcomes;
    }

    private static Cause taken(Owned owner) {
        return new Cause(
                "names are looked up on this node already as deployment '%s' says, which asks others"
                        .formatted(owner.deployment()),
                "this node",
                "have both ask the same, or withdraw one: harmony withdraw " + owner.deployment());
    }

    private Map<Owned, Outcome> takeUp(NavigableMap<Owned, Resolver> wanted, Optional<UnboundFolder.TakenUp> before)
            throws IOException {
        UnboundConfig config =
                new UnboundConfig(List.copyOf(wanted.values()), addresses.get(), trust, run, process.becomes());
        UnboundFolder.TakenUp after = new UnboundFolder.TakenUp(List.copyOf(wanted.keySet()), config.text());
        boolean isRunning = control.isAnswered();
        boolean isSame = isRunning
                && before.filter(old -> old.config().equals(after.config())).isPresent();
        Optional<Cause> failure = config.addresses().isEmpty()
                ? Optional.of(OwnAddresses.none())
                : isSame ? Optional.empty() : takeUp(config, isRunning, before);
        if (failure.isPresent()) {
            return wanted.keySet().stream()
                    .collect(Collectors.toMap(Function.identity(), _ -> new Outcome.Failed(failure.get())));
        }
        if (before.filter(after::equals).isEmpty()) {
            files.write(after);
        }
        return wanted.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> isSame
                                        && before.filter(old -> old.owners().contains(one.getKey()))
                                                .isPresent()
                                ? new Outcome.Unchanged()
                                : new Outcome.Changed("names are looked up: %s"
                                        .formatted(one.getValue().upstream()))));
    }

    private Optional<Cause> takeUp(UnboundConfig config, boolean isRunning, Optional<UnboundFolder.TakenUp> before)
            throws IOException {
        // Whoever checks it wants its folder to be there already.
        Files.createDirectories(run);
        Optional<String> refused = control.check(files.propose(config.text()));
        if (refused.isPresent()) {
            return Optional.of(failed("unbound refuses its configuration: " + refused.get()));
        }
        files.acceptProposed();
        Optional<String> failure = isRunning ? control.reload().flatMap(_ -> process.start()) : process.start();
        if (failure.isPresent()) {
            goBack(before);
            return Optional.of(failed("unbound does not take up its configuration: " + failure.get()));
        }
        control.forget(config.zones().map(HandedZone::zone).collect(Collectors.toSet()));
        return Optional.empty();
    }

    private void goBack(Optional<UnboundFolder.TakenUp> before) throws IOException {
        if (before.isPresent()) {
            files.propose(before.get().config());
            files.acceptProposed();
            process.start();
        }
    }

    private Cause failed(String what) {
        return new Cause(
                what,
                files.config().toString(),
                "when port 53 is in use, `ss -lnup` and `ss -lntp` name who has it; who asks is answered as before");
    }
}
