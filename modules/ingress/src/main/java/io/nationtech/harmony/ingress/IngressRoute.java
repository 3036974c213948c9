package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.node.Claim;
import io.nationtech.harmony.domain.node.HttpScheme;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.node.ServiceReplicas;
import io.nationtech.harmony.domain.node.Since;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an {@link Ingress} comes to: a name that a node answers HTTPS for, and the replicas behind it.
 *
 * @param name a label, as of a service
 * @param authority whose certificates it answers with
 * @param replicas where they run, by node; 1,000 at most, and none before the deployment has been planned
 * @param guard who may enter; everybody where nothing is said
 */
public record IngressRoute(
        ResourceName name,
        HttpsUrl url,
        Backend backend,
        MountedSecret authority,
        List<ServiceReplica> replicas,
        @Since(2) Optional<Guard> guard)
        implements NodeResource {
    private static final int MOST_REPLICAS = 1_000;

    /**
     * The service behind a name.
     *
     * @param port at the addresses of its replicas' nodes
     * @param scheme that is spoken there; of TLS any certificate will do, as it is the service's own
     * @param check how a replica is asked whether it is healthy; when there is none, it is as long as it takes connections
     */
    public record Backend(ServiceName service, Port port, HttpScheme scheme, Optional<HttpCheck> check) {
        /** One that speaks plain HTTP. */
        public Backend(ServiceName service, Port port, Optional<HttpCheck> check) {
            this(service, port, HttpScheme.DEFAULT, check);
        }
    }

    /** A page that healthy replicas give with a status of 200 to 399. */
    public record HttpCheck(Port port, HttpPath path, HttpScheme scheme) {
        /** Of a page that is not encrypted. */
        public HttpCheck(Port port, HttpPath path) {
            this(port, path, HttpScheme.DEFAULT);
        }
    }

    /**
     * Who may enter, and how they are asked.
     *
     * @param users a {@link PasswordFile}
     * @param open the paths that ask nobody; 32 at most
     */
    public record Guard(MountedSecret users, Credentials credentials, List<OpenPath> open) {
        public Guard {
            open = List.copyOf(open);
            if (open.size() > GuardedIngress.MOST_OPEN) {
                throw new InvalidValueException(
                        "%d open paths are more than %d".formatted(open.size(), GuardedIngress.MOST_OPEN));
            }
        }
    }

    /** One that everybody may enter. */
    public IngressRoute(
            ResourceName name, HttpsUrl url, Backend backend, MountedSecret authority, List<ServiceReplica> replicas) {
        this(name, url, backend, authority, replicas, Optional.empty());
    }

    public IngressRoute {
        // Its name stands in files of others, where a label is a word.
        ServiceName.of(name.value());
        replicas = List.copyOf(replicas);
        if (replicas.size() > MOST_REPLICAS) {
            throw new InvalidValueException(
                    "%d replicas behind %s are more than %d".formatted(replicas.size(), url, MOST_REPLICAS));
        }
    }

    @Override
    public ResourceId id() {
        return new ResourceId(IngressRouteKind.NAME, name);
    }

    @Override
    public IngressRoute named(ResourceName other) {
        return new IngressRoute(other, url, backend, authority, replicas, guard);
    }

    @Override
    public IngressRoute leadingTo(ServiceReplicas services) {
        return new IngressRoute(name, url, backend, authority, services.of(backend.service()), guard);
    }

    /** The same, which not everybody may enter. */
    public IngressRoute guardedBy(Guard other) {
        return new IngressRoute(name, url, backend, authority, replicas, Optional.of(other));
    }

    @Override
    public Claim claim() {
        return Claim.NOTHING.secrets(secrets()).sharedPorts(url.ports());
    }

    private Set<MountedSecret> secrets() {
        return Stream.concat(Stream.of(authority), guard.map(Guard::users).stream())
                .collect(Collectors.toSet());
    }
}
