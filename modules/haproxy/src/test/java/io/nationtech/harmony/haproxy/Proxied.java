package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.ingress.SiteAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site with an authority, whose clock can be set, and routes of it. */
final class Proxied {
    static final DeploymentName GALLERY = DeploymentName.of("gallery");
    static final DeploymentName NOTES = DeploymentName.of("notes");
    /** Names of the tests lead there. */
    static final IpAddress AT = IpAddress.of("127.86.0.1");

    final CertificateAuthority authority = CertificateAuthority.create(
            "Home", List.of("home.example"), Instant.now().minus(Duration.ofDays(100)));
    Instant now = Instant.now();
    final Map<Owned, IngressRoute> wanted = new HashMap<>();
    /** What the newest version of other secrets is. */
    final Map<SecretRef, String> secrets = new HashMap<>();

    HaproxyDriver driver(Path folder) {
        return HaproxyDriver.byItself(
                Optional.of(AT), folder, HaproxyDriver.program().orElseThrow(), () -> now);
    }

    Means means() {
        return new Means(
                (secret, reader) -> {
                    reader.accept(
                            secrets.getOrDefault(secret.ref(), authority.pem()).getBytes(StandardCharsets.UTF_8));
                    return Optional.empty();
                },
                _ -> Optional.empty(),
                NodeData.NONE);
    }

    /** What comes of wanting one more. */
    Outcome serve(HaproxyDriver driver, DeploymentName deployment, IngressRoute route) {
        Owned owned = new Owned(deployment, route.id());
        wanted.put(owned, route);
        return Optional.ofNullable(
                        driver.converge(Map.copyOf(wanted), _ -> means()).get(owned))
                .orElseThrow();
    }

    /** By host and replica's port, on nodes with these addresses in 127.86.1.0/24. */
    static IngressRoute route(String name, int port, int... nodes) {
        return route(HttpsUrl.of(DnsName.of(name + ".home.example")), name, port, "/healthz", nodes);
    }

    static IngressRoute route(HttpsUrl url, String name, int port, String health, int... nodes) {
        return new IngressRoute(
                ResourceName.of(name),
                url,
                new IngressRoute.Backend(
                        ServiceName.of(name),
                        Port.of(port),
                        Optional.of(new IngressRoute.HttpCheck(Port.of(port), HttpPath.of(health)))),
                new MountedSecret(SiteAuthority.SECRET, 1),
                Arrays.stream(nodes)
                        .mapToObj(node -> new ServiceReplica(NodeId.of("node-" + node), replica(node)))
                        .toList());
    }

    static IpAddress replica(int node) {
        return IpAddress.of("127.86.1." + node);
    }
}
