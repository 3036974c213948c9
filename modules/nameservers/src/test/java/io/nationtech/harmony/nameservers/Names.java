package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.DeploymentEndpoints;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A site with zones of names, and who serves them at a loopback address. */
final class Names {
    static final IpAddress AT = IpAddress.of("127.88.0.1");
    static final DeploymentName SITE = DeploymentName.of("site");
    static final DeploymentName LAB = DeploymentName.of("lab");
    static final DnsName HOME = DnsName.of("home.example");
    static final ServiceReplica NODE = new ServiceReplica(NodeId.of("node-1"), AT);

    final Map<Owned, DnsZone> wanted = new HashMap<>();
    Instant now = Instant.parse("2026-12-01T10:00:00Z");

    KnotDriver driver(Path folder) {
        return driver(folder, DeploymentEndpoints.NONE);
    }

    KnotDriver driver(Path folder, DeploymentEndpoints endpoints) {
        return KnotDriver.byItself(
                () -> new TreeSet<>(List.of(AT)),
                readable(folder),
                new KnotDriver.Followed(folder.resolve("disk"), endpoints),
                () -> now);
    }

    /** A temporary folder is its owner's alone, and knot runs as somebody else. */
    static Path readable(Path folder) {
        try {
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What comes of wanting one more. */
    Outcome serve(KnotDriver driver, DeploymentName deployment, DnsZone zone) {
        Owned owned = new Owned(deployment, zone.id());
        wanted.put(owned, zone);
        return Optional.ofNullable(
                        driver.converge(Map.copyOf(wanted), _ -> Means.NONE).get(owned))
                .orElseThrow();
    }

    /** On the node of these tests. */
    static DnsZone zone(String name, DnsName zone, DnsRecord first, DnsRecord... others) {
        return DnsZone.of(ServiceName.of(name), zone, first, others).leadingTo(_ -> List.of(NODE));
    }

    static DnsRecord.Address at(String name, String address) {
        return new DnsRecord.Address(DnsName.of(name), IpAddress.of(address));
    }
}
