package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The login by which the hub lets a site's server in; which nodes are there stands in it. */
record SiteLogin(MeshKeys mesh, MeshAuthority keys, ClientName site, List<NodeId> nodes) {
    private static final Duration LIFETIME = Duration.ofDays(365);

    /** Writes another one: who is permitted what stands in the login itself, so it is made anew with each run. */
    void write(Path file, Instant now) {
        requireOwn(file);
        Instant end = now.plus(LIFETIME);
        MeshRole role = MeshRoles.site(site.value(), nodes);
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            mesh.add(new Issued(site, role.name(), key.publicKey(), now, end, Optional.empty()), now);
            MeshLoginCommand.write(new Login(keys.loginOfOne(role, site, key.publicKey(), end, now), key), file);
        }
    }

    private void requireOwn(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (Login before = Login.readFile(file)) {
            if (!before.token().name().equals(site.value())) {
                throw new InvalidValueException(
                        "%s is the login of '%s', and this is to be site '%s'; name another folder"
                                .formatted(file, before.token().name(), site));
            }
        }
    }
}
