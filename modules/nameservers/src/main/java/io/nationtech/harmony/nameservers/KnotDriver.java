package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.DnsZoneKind;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.RememberedEndpoints;
import io.nationtech.harmony.driver.SetDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers for zones of names by one knot. Zones and configuration are tried before they take the place of those that are served, and are taken up
 * without a question that goes unanswered; what is refused changes nothing.
 */
public final class KnotDriver implements SetDriver<DnsZone> {
    private static final DnsZoneKind KIND = new DnsZoneKind();
    private static final Path PROGRAM = Path.of("/usr/sbin/knotd");
    private static final Path CONTROL = Path.of("/usr/sbin/knotc");
    private static final String UNIT = "harmony-zones";
    private static final Duration PATIENTLY = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(10);

    private final Supplier<SortedSet<IpAddress>> addresses;
    private final KnotFolder files;
    private final Path run;
    private final ServerProcess process;
    private final Knotc knotc;
    private final RememberedEndpoints<ServiceAddress> followed;
    private final InstantSource clock;
    private final List<Consumer<DeploymentName>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<Owned, DnsZone> wanted = Map.of();

    private KnotDriver(
            Supplier<SortedSet<IpAddress>> addresses,
            Path folder,
            Path run,
            Function<ServerProgram, ServerProcess> process,
            Followed followed,
            InstantSource clock) {
        this.followed = new RememberedEndpoints<>(
                followed.disk().resolve("followed"), ServiceAddress.FORM, followed.endpoints(), this::moved);
        this.addresses = addresses;
        this.files = new KnotFolder(folder);
        this.run = run;
        this.process = process.apply(new ServerProgram(
                UNIT,
                "Zones of names",
                "knot",
                List.of(PROGRAM.toString(), "-c", files.config().toString()),
                run,
                "512M"));
        this.knotc = new Knotc(CONTROL, KnotConfig.socket(run));
        this.clock = clock;
    }

    /**
     * Where it hears of services.
     *
     * @param disk where it remembers them
     */
    record Followed(Path disk, DeploymentEndpoints endpoints) {}

    /** For {@link java.util.ServiceLoader}; a node without knot answers for no zones. */
    public static DriverProvider provider() {
        return context -> Files.isExecutable(PROGRAM) ? Optional.of(of(context)) : Optional.empty();
    }

    private static KnotDriver of(NodeContext context) {
        Supplier<SortedSet<IpAddress>> addresses = OwnAddresses.of(context);
        Path folder = context.inMemory(KIND.name());
        Followed followed = new Followed(context.onDisk(KIND.name()), context.others());
        return ServerUnit.isUsed(context)
                ? new KnotDriver(addresses, folder, Path.of("/run", UNIT), ServerUnit::of, followed, context.clock())
                : byItself(addresses, folder, followed, context.clock());
    }

    static KnotDriver byItself(
            Supplier<SortedSet<IpAddress>> addresses, Path folder, Followed followed, InstantSource clock) {
        Path run = folder.resolve("run");
        Knotc knotc = new Knotc(CONTROL, KnotConfig.socket(run));
        return new KnotDriver(
                addresses, folder, run, program -> new ServerDaemon(program, knotc::isAnswered), followed, clock);
    }

    /** Whoever follows that deployment is to be looked at. */
    private void moved(DeploymentName deployment) {
        wanted.entrySet().stream()
                .filter(zone -> zone.getValue().follows().contains(deployment))
                .map(zone -> zone.getKey().deployment())
                .distinct()
                .forEach(owner -> listeners.forEach(listener -> listener.accept(owner)));
    }

    @Override
    public void onChange(Consumer<DeploymentName> changed) {
        listeners.add(changed);
    }

    /** What it serves it serves on. */
    @Override
    public void close() {
        followed.close();
    }

    @Override
    public ResourceKind<DnsZone> kind() {
        return KIND;
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        List<ZoneFile> own = zones().values().stream()
                .filter(zone -> zone.owned().deployment().equals(deployment))
                .sorted(Comparator.comparing(ZoneFile::owned))
                .toList();
        if (own.isEmpty()) {
            return List.of();
        }
        Optional<SortedMap<DnsName, Long>> serials = knotc.serials();
        if (serials.isEmpty()) {
            return own.stream()
                    .map(zone -> ResourceStatus.of(zone.owned().resource(), Phase.STOPPED)
                            .detail("knot does not answer"))
                    .toList();
        }
        Map<DnsName, Long> questions =
                knotc.questions(own.stream().map(ZoneFile::zone).toList());
        return own.stream()
                .map(zone -> status(zone, isServed(zone, serials.get()), questions.getOrDefault(zone.zone(), 0L)))
                .toList();
    }

    private static ResourceStatus status(ZoneFile zone, boolean isServed, long questions) {
        ResourceStatus ready = ResourceStatus.of(zone.owned().resource(), Phase.READY);
        return isServed
                ? ready.health(Health.HEALTHY)
                        .detail("zone %s: %d records, serial %d; asked %s times"
                                .formatted(zone.zone(), zone.records(), zone.serial(), Rounded.words(questions)))
                : ready.health(Health.UNHEALTHY)
                        .detail("knot does not serve zone %s as it is in its file".formatted(zone.zone()));
    }

    private static boolean isServed(ZoneFile zone, Map<DnsName, Long> serials) {
        return Optional.ofNullable(serials.get(zone.zone()))
                .filter(serial -> serial == zone.serial())
                .isPresent();
    }

    private SortedMap<DnsName, ZoneFile> zones() {
        try {
            return files.read();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(unwritable(e));
        }
    }

    @Override
    public Map<Owned, Outcome> converge(Map<Owned, DnsZone> all, Function<DeploymentName, Means> means) {
        wanted = Map.copyOf(all);
        try {
            followed.listenTo(all.values().stream()
                    .flatMap(zone -> zone.follows().stream())
                    .collect(Collectors.toSet()));
            return all.isEmpty() ? end() : serve(all);
        } catch (IOException | UncheckedIOException e) {
            Outcome failed = new Outcome.Failed(unwritable(e));
            return all.keySet().stream().collect(Collectors.toMap(Function.identity(), _ -> failed));
        }
    }

    private Cause unwritable(Exception e) {
        return new Cause(
                "the files of knot cannot be read or written: " + e,
                files.folder().toString(),
                "look whether there is room: `df -h %s`; what was served before is served on"
                        .formatted(files.folder()));
    }

    private Map<Owned, Outcome> end() throws IOException {
        process.stop();
        files.clear();
        followed.forget();
        return Map.of();
    }

    private Map<Owned, Outcome> serve(Map<Owned, DnsZone> all) throws IOException {
        followed.save();
        SortedMap<DnsName, ZoneFile> before = files.read();
        Map<Owned, Outcome> outcomes = new HashMap<>();
        SortedMap<DnsName, ZoneFile> after = new TreeMap<>();
        for (Map.Entry<Owned, DnsZone> one : distinct(all, before, outcomes).entrySet()) {
            Optional<ZoneFile> old =
                    Optional.ofNullable(before.get(one.getValue().zone()));
            ZoneFile next = next(one.getKey(), one.getValue(), old);
            Optional<Cause> refused = old.filter(next::equals).isPresent() ? Optional.empty() : check(next);
            refused.ifPresent(cause -> outcomes.put(one.getKey(), new Outcome.Failed(cause)));
            (refused.isEmpty()
                            ? Optional.of(next)
                            : old.filter(zone -> zone.owned().equals(one.getKey())))
                    .ifPresent(zone -> after.put(zone.zone(), zone));
        }
        if (after.isEmpty()) {
            process.stop();
            files.clear();
            return outcomes;
        }
        Map<DnsName, Long> serials = knotc.serials().orElseGet(TreeMap::new);
        Optional<Cause> failure = takeUp(before, after);
        after.values()
                .forEach(zone -> outcomes.putIfAbsent(
                        zone.owned(),
                        failure.<Outcome>map(Outcome.Failed::new)
                                .orElseGet(() -> isServed(zone, serials)
                                        ? new Outcome.Unchanged()
                                        : new Outcome.Changed("zone %s is served, serial %d"
                                                .formatted(zone.zone(), zone.serial())))));
        return outcomes;
    }

    /** Of two deployments that want one zone, the one that has it keeps it. */
    private static SortedMap<Owned, DnsZone> distinct(
            Map<Owned, DnsZone> all, Map<DnsName, ZoneFile> before, Map<Owned, Outcome> outcomes) {
        Map<DnsName, Owned> owners = new HashMap<>();
        before.values().stream()
                .filter(zone -> Optional.ofNullable(all.get(zone.owned()))
                        .filter(still -> still.zone().equals(zone.zone()))
                        .isPresent())
                .forEach(zone -> owners.put(zone.zone(), zone.owned()));
        SortedMap<Owned, DnsZone> distinct = new TreeMap<>();
        new TreeMap<>(all).forEach((owned, zone) -> {
            Owned owner = owners.computeIfAbsent(zone.zone(), _ -> owned);
            if (owner.equals(owned)) {
                distinct.put(owned, zone);
            } else {
                outcomes.put(owned, new Outcome.Failed(taken(zone.zone(), owner)));
            }
        });
        return distinct;
    }

    private static Cause taken(DnsName zone, Owned owner) {
        return new Cause(
                "zone %s is served already for deployment '%s'".formatted(zone, owner.deployment()),
                "this node",
                "put all its records into one, or withdraw one: harmony withdraw " + owner.deployment());
    }

    /** With a new serial if anything of it is new. */
    private ZoneFile next(Owned owned, DnsZone zone, Optional<ZoneFile> old) {
        long last = old.map(ZoneFile::serial).orElse(0L);
        List<ServiceAddress> found = zone.follows().stream()
                .sorted()
                .flatMap(deployment -> followed.of(deployment).stream())
                .toList();
        ZoneFile same = ZoneFile.of(owned, zone, found, last);
        return old.filter(same::equals).isPresent()
                ? same
                : ZoneFile.of(
                        owned, zone, found, Math.max(last + 1, clock.instant().getEpochSecond()));
    }

    private Optional<Cause> check(ZoneFile zone) throws IOException {
        files.propose(zone);
        Path config = files.propose(
                config(new TreeSet<>(List.of(zone.zone())), new TreeSet<>(List.of(zone.port())), files.candidates())
                        .text());
        Optional<Cause> refused = knotc.check(config, zone.zone())
                .map(why -> new Cause(
                        "knot refuses zone %s: %s".formatted(zone.zone(), why),
                        "deployment '%s', %s"
                                .formatted(
                                        zone.owned().deployment(), zone.owned().resource()),
                        "correct the record that it names; what was served before is served on"));
        files.clearCandidates();
        return refused;
    }

    private KnotConfig config(SortedSet<DnsName> names, SortedSet<Port> ports, Path zones) {
        return new KnotConfig(addresses.get(), ports, names, zones, run, process.becomes());
    }

    /** Has knot serve just these. What it served before it serves on unless all went well. */
    private Optional<Cause> takeUp(SortedMap<DnsName, ZoneFile> before, SortedMap<DnsName, ZoneFile> after)
            throws IOException {
        KnotConfig config = config(
                new TreeSet<>(after.keySet()),
                after.values().stream().map(ZoneFile::port).collect(Collectors.toCollection(TreeSet::new)),
                files.zones());
        if (config.addresses().isEmpty()) {
            return Optional.of(OwnAddresses.none());
        }
        Optional<String> oldConfig = files.readConfig();
        Optional<SortedMap<DnsName, Long>> serials = knotc.serials();
        boolean isSame = oldConfig.filter(config.text()::equals).isPresent();
        List<DnsName> stale = serials.stream()
                .flatMap(known -> after.values().stream().filter(zone -> !isServed(zone, known)))
                .map(ZoneFile::zone)
                .toList();
        if (isSame && serials.isPresent() && stale.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> refused = knotc.check(files.propose(config.text()));
        if (refused.isPresent()) {
            return Optional.of(failed("knot refuses its configuration: " + refused.get()));
        }
        files.replace(after);
        files.accept(config.text());
        boolean isElsewhere =
                oldConfig.filter(old -> old.contains(config.listen())).isEmpty();
        Optional<String> failure = serials.isEmpty() || isElsewhere
                ? process.start()
                : reload(isSame ? Optional.empty() : Optional.of(after.keySet()), stale, before)
                        .flatMap(_ -> process.start());
        failure = failure.or(() -> awaitServed(after.values()));
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        goBack(oldConfig, before);
        return Optional.of(failed("knot does not take up its zones: " + failure.get()));
    }

    /** A zone that is new comes with the configuration; one that was there is read again. */
    private Optional<String> reload(
            Optional<Collection<DnsName>> configured, List<DnsName> stale, Map<DnsName, ZoneFile> before) {
        return configured
                .flatMap(_ -> knotc.reload())
                .or(() ->
                        knotc.reload(stale.stream().filter(before::containsKey).toList()));
    }

    private Optional<String> awaitServed(Collection<ZoneFile> zones) {
        long end = System.nanoTime() + PATIENTLY.toNanos();
        while (true) {
            Map<DnsName, Long> serials = knotc.serials().orElseGet(TreeMap::new);
            List<DnsName> missing = zones.stream()
                    .filter(zone -> !isServed(zone, serials))
                    .map(ZoneFile::zone)
                    .toList();
            if (missing.isEmpty()) {
                return Optional.empty();
            }
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return Optional.of("it does not serve %s".formatted(missing));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** What can be served is served. */
    private void goBack(Optional<String> config, SortedMap<DnsName, ZoneFile> zones) throws IOException {
        files.replace(zones);
        if (config.isPresent()) {
            files.accept(config.get());
            process.start();
        }
    }

    private Cause failed(String what) {
        return new Cause(
                what,
                files.config().toString(),
                "when a port is in use, `ss -lnup` and `ss -lntp` name who has it; what was served before is served on");
    }
}
