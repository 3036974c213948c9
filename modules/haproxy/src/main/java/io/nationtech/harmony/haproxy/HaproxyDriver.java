package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.certificates.CertificateRefusedException;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.SetDriver;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.ingress.IngressRouteKind;
import io.nationtech.harmony.ingress.PasswordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Serves names of the site by one haproxy. A configuration is tried before it takes the place of the one that serves, and taken up
 * without an end to any connection; one that is refused changes nothing. Certificates are issued here, for 90 days, and renewed after 60.
 */
public final class HaproxyDriver implements SetDriver<IngressRoute> {
    private static final IngressRouteKind KIND = new IngressRouteKind();
    private static final Duration LIFETIME = Duration.ofDays(90);

    private final Optional<IpAddress> at;
    private final ProxyFolder files;
    private final UserFiles users;
    private final ProxyProcess process;
    private final Proxy proxy;
    private final InstantSource clock;

    private HaproxyDriver(Optional<IpAddress> at, Proxy proxy, InstantSource clock) {
        this.at = at;
        this.files = proxy.files();
        this.users = new UserFiles(files);
        this.process = proxy.process();
        this.proxy = proxy;
        this.clock = clock;
    }

    /** For {@link java.util.ServiceLoader}; a node without haproxy serves no names. */
    public static DriverProvider provider() {
        return context -> program().map(found -> of(context, found));
    }

    private static HaproxyDriver of(NodeContext context, Path program) {
        Optional<IpAddress> at =
                context.settings().apply("publish").map(IpAddress::of).or(HaproxyDriver::oldOnly);
        Proxy proxy = Proxy.of(context, KIND.name(), ProxyUnit.Purpose.INGRESS, program);
        return new HaproxyDriver(at, proxy, context.clock());
    }

    /** A kernel without IPv6 has no socket for both. */
    private static Optional<IpAddress> oldOnly() {
        return Files.exists(Path.of("/proc/net/if_inet6")) ? Optional.empty() : Optional.of(IpAddress.of("0.0.0.0"));
    }

    static HaproxyDriver byItself(Optional<IpAddress> at, Path folder, Path program, InstantSource clock) {
        return new HaproxyDriver(at, Proxy.byItself(folder, program), clock);
    }

    /** Debian keeps it where the PATH of a service need not lead. */
    static Optional<Path> program() {
        return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ResourceKind<IngressRoute> kind() {
        return KIND;
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        Set<Owned> own = Loaded.read(files.folder(), KIND.name()).of(deployment).keySet();
        if (own.isEmpty()) {
            return List.of();
        }
        Replicas replicas = Replicas.of(process.worker());
        return own.stream().map(owned -> status(owned, replicas)).toList();
    }

    private static ResourceStatus status(Owned owned, Replicas replicas) {
        if (!replicas.areKnown()) {
            return ResourceStatus.of(owned.resource(), Phase.STOPPED).detail("haproxy does not answer");
        }
        int up = replicas.up(ProxyConfig.backendName(owned));
        return ResourceStatus.of(owned.resource(), Phase.READY)
                .health(up > 0 ? Health.HEALTHY : Health.UNKNOWN)
                .detail("%d of %d replicas take requests".formatted(up, replicas.all(ProxyConfig.backendName(owned))));
    }

    @Override
    public Map<Owned, Outcome> converge(Map<Owned, IngressRoute> all, Function<DeploymentName, Means> means) {
        try {
            return all.isEmpty() ? end() : serve(all, means);
        } catch (IOException e) {
            return Loaded.failed(all.keySet(), proxy.unwritable(e));
        }
    }

    private Map<Owned, Outcome> end() throws IOException {
        proxy.end();
        return Map.of();
    }

    private Map<Owned, Outcome> serve(Map<Owned, IngressRoute> all, Function<DeploymentName, Means> means)
            throws IOException {
        Loaded before = Loaded.read(files.folder(), KIND.name());
        Map<Owned, Outcome> outcomes = new HashMap<>();
        SortedMap<Owned, IngressRoute> routes = new TreeMap<>();
        for (Map.Entry<Owned, IngressRoute> one :
                distinct(all, before, outcomes).entrySet()) {
            Owned owned = one.getKey();
            IngressRoute route = one.getValue();
            Optional<Cause> certificate = certify(owned, route, means);
            Optional<Cause> refused = admit(owned, route, means);
            certificate.or(() -> refused).ifPresent(cause -> outcomes.put(owned, new Outcome.Failed(cause)));
            if (hasCertificate(route) && isOpenOrGuarded(owned, route)) {
                routes.put(owned, route);
            }
        }
        Map<Owned, Outcome> served = routes.isEmpty() ? end() : serve(routes, before);
        served.forEach(outcomes::putIfAbsent);
        return outcomes;
    }

    /** Of two deployments that want one name, the one that has it keeps it. */
    private SortedMap<Owned, IngressRoute> distinct(
            Map<Owned, IngressRoute> all, Loaded before, Map<Owned, Outcome> outcomes) {
        Map<HttpsUrl, Owned> owners = new HashMap<>();
        SortedMap<Owned, IngressRoute> distinct = new TreeMap<>();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.<Owned, Boolean>comparing(
                                owned -> !before.digests().containsKey(owned))
                        .thenComparing(Comparator.naturalOrder())))
                .forEach(one -> {
                    Owned earlier = owners.putIfAbsent(one.getValue().url(), one.getKey());
                    if (earlier == null) {
                        distinct.put(one.getKey(), one.getValue());
                    } else {
                        outcomes.put(
                                one.getKey(),
                                new Outcome.Failed(taken(one.getValue().url(), earlier)));
                    }
                });
        return distinct;
    }

    private static Cause taken(HttpsUrl url, Owned earlier) {
        return new Cause(
                "%s is served already for deployment '%s'".formatted(url, earlier.deployment()),
                "this node",
                "give one of the two another name, or withdraw one: harmony withdraw " + earlier.deployment());
    }

    /** Sees to a certificate; one that could not be renewed serves on until its end. */
    private Optional<Cause> certify(Owned owned, IngressRoute route, Function<DeploymentName, Means> means) {
        try {
            if (isFresh(route)) {
                return Optional.empty();
            }
            AtomicReference<Optional<Cause>> refused = new AtomicReference<>(Optional.empty());
            Optional<Cause> missing = means.apply(owned.deployment())
                    .secrets()
                    .lend(route.authority(), pem -> refused.set(issue(route, pem)));
            return missing.or(refused::get);
        } catch (IOException e) {
            return Optional.of(proxy.unwritable(e));
        }
    }

    private boolean isFresh(IngressRoute route) throws IOException {
        return files.read(certificate(route))
                .flatMap(CertificateAuthority::certificate)
                .filter(issued -> clock.instant().isBefore(CertificateAuthority.renewal(issued)))
                .isPresent();
    }

    private boolean hasCertificate(IngressRoute route) {
        return Files.exists(certificate(route));
    }

    private Path certificate(IngressRoute route) {
        return ProxyConfig.certificate(files.folder(), route);
    }

    private Optional<Cause> issue(IngressRoute route, byte[] authority) {
        try {
            files.writeKey(
                    certificate(route),
                    CertificateAuthority.parse(authority)
                            .issue(route.url().host().value(), clock.instant(), LIFETIME));
            return Optional.empty();
        } catch (CertificateRefusedException e) {
            return Optional.of(new Cause(
                    "no certificate for %s: %s".formatted(route.url(), e.getMessage()),
                    "secret '%s', version %d"
                            .formatted(
                                    route.authority().ref().name(),
                                    route.authority().version()),
                    "`harmony ca show` says for which domains it is; use a name of these"));
        } catch (IOException e) {
            return Optional.of(proxy.unwritable(e));
        }
    }

    /** Who may enter a guarded name: nobody, and it is not served, until that has been taken up once. */
    private Optional<Cause> admit(Owned owned, IngressRoute route, Function<DeploymentName, Means> means) {
        try {
            return users.takeUp(owned, route, means.apply(owned.deployment()));
        } catch (IOException e) {
            return Optional.of(proxy.unwritable(e));
        }
    }

    private boolean isOpenOrGuarded(Owned owned, IngressRoute route) throws IOException {
        return route.guard().isEmpty() || guarded(owned, route).isPresent();
    }

    private Optional<PasswordFile> guarded(Owned owned, IngressRoute route) throws IOException {
        return route.guard().isPresent()
                ? users.read(owned, route.guard().get().users().ref())
                : Optional.empty();
    }

    private ProxyConfig config(SortedMap<Owned, IngressRoute> routes) throws IOException {
        SortedMap<Owned, PasswordFile> known = new TreeMap<>();
        for (Map.Entry<Owned, IngressRoute> route : routes.entrySet()) {
            guarded(route.getKey(), route.getValue()).ifPresent(users -> known.put(route.getKey(), users));
        }
        return new ProxyConfig(at, files.folder(), process, routes, known);
    }

    private Map<Owned, Outcome> serve(SortedMap<Owned, IngressRoute> routes, Loaded before) throws IOException {
        ProxyConfig config = config(routes);
        Loaded after = new Loaded(digests(routes));
        Loaded served = process.isRunning() ? before : Loaded.NOTHING;
        if (served.equals(after)) {
            return outcomes(served, after);
        }
        Optional<Cause> failure = proxy.takeUp(config.text(), config.certificateLists());
        if (failure.isPresent()) {
            return Loaded.failed(routes.keySet(), failure.get());
        }
        after.write(files.folder());
        files.keepOnly(Stream.concat(
                        Stream.concat(
                                config.certificateLists().keySet().stream(),
                                routes.values().stream().map(this::certificate)),
                        config.users().keySet().stream().map(users::path))
                .collect(Collectors.toSet()));
        return outcomes(served, after);
    }

    private static Map<Owned, Outcome> outcomes(Loaded served, Loaded after) {
        return after.since(served, route -> "%s is served".formatted(route.getKey()));
    }

    private SortedMap<Owned, String> digests(SortedMap<Owned, IngressRoute> routes) throws IOException {
        SortedMap<Owned, String> digests = new TreeMap<>();
        for (Map.Entry<Owned, IngressRoute> route : routes.entrySet()) {
            byte[] certificate = files.read(certificate(route.getValue()))
                    .flatMap(CertificateAuthority::certificate)
                    .map(CertificateAuthority::fingerprint)
                    .orElse("")
                    .getBytes(StandardCharsets.US_ASCII);
            SortedMap<Owned, IngressRoute> alone = new TreeMap<>();
            alone.put(route.getKey(), route.getValue());
            digests.put(route.getKey(), sha256(certificate, config(alone).text().getBytes(StandardCharsets.UTF_8)));
        }
        return digests;
    }

    private static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
