package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.fleet.SealedSecrets;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Sealing;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Where the secrets of deployments come from: their versions for a plan, their values for nodes, sealed for each. */
public final class SecretSupply {
    private final Optional<Source> source;

    private record Source(Secrets store, Sealing sealing) {}

    private SecretSupply(Optional<Source> source) {
        this.source = source;
    }

    /**
     * @param store of the values; whoever made it closes it
     */
    public static SecretSupply of(Secrets store, Sealing sealing) {
        return new SecretSupply(Optional.of(new Source(store, sealing)));
    }

    /** For deployments without secrets. */
    public static SecretSupply none() {
        return new SecretSupply(Optional.empty());
    }

    /** The newest versions; impossible with all that are missing at once. */
    Planning<Map<SecretRef, Long>> versions(DeploymentName deployment, List<SecretRef> wanted) {
        if (wanted.isEmpty()) {
            return new Planning.Planned<>(Map.of());
        }
        if (source.isEmpty()) {
            return new Planning.Impossible<>(noStore(deployment, wanted));
        }
        Map<SecretRef, Long> versions = new HashMap<>();
        List<SecretRef> missing = new ArrayList<>();
        try {
            for (SecretRef secret : wanted) {
                source.get()
                        .store()
                        .version(secret)
                        .ifPresentOrElse(version -> versions.put(secret, version), () -> missing.add(secret));
            }
        } catch (SecretsUnavailableException e) {
            return new Planning.Impossible<>(e.why());
        }
        return missing.isEmpty()
                ? new Planning.Planned<>(versions)
                : new Planning.Impossible<>(new Cause(
                        "deployment '%s' reads %d secrets that the store has not: %s"
                                .formatted(deployment, missing.size(), names(missing)),
                        source.get().store().place(),
                        missing.stream()
                                .map(secret -> "harmony secret set " + secret.name())
                                .collect(Collectors.joining("; "))));
    }

    private static Cause noStore(DeploymentName deployment, List<SecretRef> wanted) {
        return new Cause(
                "deployment '%s' reads secrets, and there is no secret store here: %s"
                        .formatted(deployment, names(wanted)),
                "this host",
                "deploy from where the store is: harmony deploy");
    }

    private static String names(List<SecretRef> secrets) {
        return secrets.stream().map(SecretRef::name).collect(Collectors.joining(", "));
    }

    /**
     * Sees to it that a node finds a secret, sealed for it, in the mesh; what is there already is left.
     *
     * @return why it does not
     */
    Optional<Cause> deliver(SealedSecrets sealed, NodeInfo node, DeploymentName deployment, MountedSecret secret) {
        if (node.agent().key().isEmpty()) {
            return Optional.of(withoutKey(node, secret));
        }
        NodeKey key = node.agent().key().get();
        boolean isThere = sealed.get(node.id(), deployment, secret.ref())
                .filter(found -> found.secret().equals(secret) && found.key().equals(key))
                .isPresent();
        if (isThere) {
            return Optional.empty();
        }
        if (source.isEmpty()) {
            return Optional.of(noStore(deployment, List.of(secret.ref())));
        }
        try {
            return switch (source.get().store().get(secret.ref())) {
                case SecretLookup.Absent() -> Optional.of(moved(secret, "is gone"));
                case SecretLookup.Held held -> {
                    try (Secret _ = held.secret()) {
                        yield held.version() == secret.version()
                                ? seal(sealed, node, deployment, held, new SealFor(secret, key))
                                : Optional.of(moved(secret, "has version " + held.version()));
                    }
                }
            };
        } catch (SecretsUnavailableException e) {
            return Optional.of(e.why());
        }
    }

    /**
     * Lends the newest value of a secret to a reader.
     *
     * @return why there is none
     */
    Optional<Cause> lend(SecretRef secret, Consumer<byte[]> reader) {
        if (source.isEmpty()) {
            return Optional.of(new Cause(
                    "secret '%s' is asked for, and there is no secret store here".formatted(secret.name()),
                    "this host",
                    "deploy from where the store is: harmony deploy"));
        }
        try {
            return switch (source.get().store().get(secret)) {
                case SecretLookup.Absent() ->
                    Optional.of(new Cause(
                            "there is no secret '%s'".formatted(secret.name()),
                            source.get().store().place(),
                            "harmony secret set " + secret.name()));
                case SecretLookup.Held held -> {
                    try (Secret value = held.secret()) {
                        yield value.read(bytes -> {
                            reader.accept(bytes);
                            return Optional.empty();
                        });
                    }
                }
            };
        } catch (SecretsUnavailableException e) {
            return Optional.of(e.why());
        }
    }

    private record SealFor(MountedSecret secret, NodeKey key) {}

    private Optional<Cause> seal(
            SealedSecrets sealed, NodeInfo node, DeploymentName deployment, SecretLookup.Held held, SealFor wanted) {
        try {
            sealed.put(new SealedForNode(
                    node.id(),
                    deployment,
                    wanted.secret(),
                    wanted.key(),
                    source.orElseThrow()
                            .sealing()
                            .seal(
                                    wanted.secret().ref(),
                                    held,
                                    RecipientKey.of(wanted.key().value()))));
            return Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.of(new Cause(
                    "secret '%s' cannot be sealed for node '%s': %s"
                            .formatted(wanted.secret().ref().name(), node.id(), e.getMessage()),
                    "node " + node.id(),
                    "look at its key: `harmony node show %s`".formatted(node.id())));
        }
    }

    private Cause moved(MountedSecret secret, String now) {
        return new Cause(
                "secret '%s' was planned in version %d and now %s"
                        .formatted(secret.ref().name(), secret.version(), now),
                source.map(known -> known.store().place()).orElse("this host"),
                "plan again");
    }

    static Cause withoutKey(NodeInfo node, MountedSecret secret) {
        return new Cause(
                "node '%s' shall read secret '%s' and has no key for which it could be sealed"
                        .formatted(node.id(), secret.ref().name()),
                "node '%s', agent %s".formatted(node.id(), node.agent().version()),
                "update the agent there; one that opens secrets has SecretStore among its capabilities");
    }
}
