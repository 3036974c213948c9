package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.system.RecoveryKey;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.SealedSecret;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Unsealing;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeUnsealing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRecoveryKeyTest {
    private static final MeshRole ROLE = new MeshRole("node", List.of("a"), List.of("b"));
    private static final String KEY = "cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv";
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    private final MeshAuthority mesh = MeshAuthority.create(List.of(ROLE));
    private final AtomicInteger told = new AtomicInteger();
    private int logins;

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        mesh.close();
    }

    private Path file() {
        return folder.resolve("recovery-key");
    }

    private Path login() {
        return folder.resolve("node.creds");
    }

    private OwnRecoveryKey own() {
        OwnRecoveryKey own =
                new OwnRecoveryKey(file(), Optional.of(new LoginFiles(login(), folder.resolve("own.creds"))));
        own.onChange(told::incrementAndGet);
        return own;
    }

    /** What whoever runs the mesh writes. */
    private void let(Optional<AgeIdentity> recovery) throws IOException {
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            ClientName name = ClientName.of("node-1");
            Instant end = NOW.plus(Duration.ofDays(1));
            Token token = recovery.map(one -> mesh.loginOfNode(one.recipient(), ROLE, name, key.publicKey(), end, NOW))
                    .orElseGet(() -> mesh.login(ROLE, name, key.publicKey(), end, NOW));
            try (Secret text = new Login(token, key).text()) {
                Files.write(login(), text.read(byte[]::clone));
            }
            Files.setLastModifiedTime(login(), FileTime.from(NOW.plusSeconds(++logins)));
        }
    }

    private static String opened(RecoveryKey sealed, AgeIdentity by) {
        Unsealing.Opened opened = new AgeUnsealing(by).open(RecoveryKey.NAME, SealedSecret.parse(sealed.sealed()));
        try (Secret key =
                assertInstanceOf(Unsealing.Opened.Value.class, opened).held().secret()) {
            return key.read(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void itIsSealedForWhomTheLoginNamesAndStaysTheSame() throws IOException {
        try (AgeIdentity owner = AgeIdentity.generate()) {
            let(Optional.of(owner));
            OwnRecoveryKey own = own();
            assertEquals(Optional.empty(), own.sealed(), "the disk is not encrypted");

            Files.writeString(file(), KEY);
            RecoveryKey sealed = own.sealed().orElseThrow();
            assertEquals(KEY, opened(sealed, owner));
            assertEquals(sealed, own.sealed().orElseThrow());
        }
    }

    @Test
    void anotherLoginMayNameAnother() throws IOException {
        try (AgeIdentity owner = AgeIdentity.generate();
                AgeIdentity successor = AgeIdentity.generate()) {
            Files.writeString(file(), KEY);
            let(Optional.empty());
            OwnRecoveryKey own = own();
            assertEquals(Optional.empty(), own.sealed());
            own.look();
            assertEquals(0, told.get());

            let(Optional.of(owner));
            own.look();
            own.look();
            assertEquals(1, told.get());
            let(Optional.of(successor));
            own.look();
            assertEquals(2, told.get());
            assertEquals(KEY, opened(own.sealed().orElseThrow(), successor));
        }
    }

    @Test
    void aLoginThatCannotBeReadTakesNothingAway() throws IOException {
        try (AgeIdentity owner = AgeIdentity.generate()) {
            Files.writeString(file(), KEY);
            let(Optional.of(owner));
            OwnRecoveryKey own = own();
            assertTrue(own.sealed().isPresent());
            Files.writeString(login(), "spoilt");
            assertTrue(own.sealed().isPresent());
        }
    }
}
