package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/**
 * A name of the site that asks people who they are: {@code Ingress.of(url, web).guardedBy(BasicLogin.of(SecretRef.of("photos-users")))}.
 * Whoever reaches the port that the service publishes at its nodes is not asked.
 *
 * @param <C> what it needs of the topology
 * @param open the paths that ask nobody; 32 at most
 */
public record GuardedIngress<C extends TlsRouter & SecretStore>(
        Ingress<C> ingress, BasicLogin login, List<OpenPath> open) implements Score<C> {
    static final int MOST_OPEN = 32;

    public GuardedIngress {
        open = List.copyOf(open);
        if (open.size() > MOST_OPEN) {
            throw new InvalidValueException("%s has %d open paths, more than %d; open one above them"
                    .formatted(ingress.url(), open.size(), MOST_OPEN));
        }
    }

    /**
     * The same, where one path more, and what is below it, is open to everybody.
     *
     * @param because who comes there and cannot log in
     * @throws InvalidValueException when that would be all of it, or the path is not a plain one
     */
    public GuardedIngress<C> openAt(HttpPath path, Reason because) {
        return new GuardedIngress<>(
                ingress,
                login,
                Stream.concat(open.stream(), Stream.of(new OpenPath(path, because)))
                        .toList());
    }

    /** The same, where another score has its name. */
    public GuardedIngress<C> named(ServiceName other) {
        return new GuardedIngress<>(ingress.named(other), login, open);
    }

    /** The same, on a node that has one thing more. */
    public GuardedIngress<C> needs(Requirement another) {
        return new GuardedIngress<>(ingress.needs(another), login, open);
    }

    /** The same, which likes one more place. */
    public GuardedIngress<C> likes(Affinity another) {
        return new GuardedIngress<>(ingress.likes(another), login, open);
    }

    @Override
    public ServiceName name() {
        return ingress.name();
    }

    /** Where people find it. */
    public HttpsUrl url() {
        return ingress.url();
    }

    @Override
    public List<Score<?>> madeOf() {
        return List.of(ingress);
    }

    @Override
    public List<SecretRef> secrets() {
        return Stream.concat(ingress.secrets().stream(), Stream.of(login.users()))
                .toList();
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        if (!inventory.secrets().containsKey(login.users())) {
            return new Expansion.Impossible(new Cause(
                    "%s has nobody who may log in: no version of secret '%s' is known"
                            .formatted(url(), login.users().name()),
                    "ingress '%s'".formatted(name()),
                    "make it where the secret store is: harmony login set %s <user>"
                            .formatted(login.users().name())));
        }
        return ingress.expand(
                deployment,
                inventory,
                route -> route.guardedBy(
                        new IngressRoute.Guard(inventory.mounted(login.users()), login.credentials(), open)));
    }
}
