package io.nationtech.harmony.secrets.age;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.SealedSecret;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Unsealing.Opened;
import io.nationtech.harmony.secrets.contract.Leak;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class AgeSealingTest {
    private static final SecretRef PASSWORD = SecretRef.of("smtp-password");

    private final AgeIdentity kitchen = AgeIdentity.generate();
    private final AgeIdentity attic = AgeIdentity.generate();
    private final AgeUnsealing onKitchen = new AgeUnsealing(kitchen);

    @Property(tries = 50)
    void onlyTheNodeThatItIsSealedForOpensIt(
            @ForAll @Size(min = 1, max = 2_000) byte[] value, @ForAll @LongRange(min = 1) long version) {
        try (Secret secret = Secret.takeFrom(value.clone())) {
            SealedSecret sealed = seal(secret, version % 1_000_000_000_000_000_000L + 1);

            var opened = assertInstanceOf(Opened.Value.class, onKitchen.open(PASSWORD, sealed));
            try (Secret found = opened.held().secret()) {
                assertTrue(found.matches(secret));
                assertEquals(
                        version % 1_000_000_000_000_000_000L + 1, opened.held().version());
            }
            assertInstanceOf(Opened.Refused.class, new AgeUnsealing(attic).open(PASSWORD, sealed));
        }
    }

    @Property(tries = 100)
    void whatWasAlteredOrCutOffIsRefused(@ForAll @IntRange(max = 250) int at) {
        byte[] bytes = sealed("correct horse").bytes();
        byte[] altered = bytes.clone();
        altered[at % bytes.length] ^= 1;
        assertInstanceOf(Opened.Refused.class, onKitchen.open(PASSWORD, SealedSecret.of(altered)));
        assertInstanceOf(
                Opened.Refused.class,
                onKitchen.open(PASSWORD, SealedSecret.of(Arrays.copyOf(bytes, at % bytes.length))));
    }

    @Example
    void oneSealedSecretCannotBePassedOffAsAnother() {
        var refused = assertInstanceOf(
                Opened.Refused.class, onKitchen.open(SecretRef.of("database-password"), sealed("correct horse")));
        assertTrue(refused.cause().what().contains("it is the sealed secret 'smtp-password'"), refused::toString);
        Leak.of("correct horse").absentFrom("the refusal", refused.toString());
    }

    @Example
    void sealingTwiceGivesDifferentBytesAndNoneHasTheValue() {
        SealedSecret sealed = sealed("correct horse");
        assertNotEquals(sealed, sealed("correct horse"));
        Leak.of("correct horse").absentFrom("what is sealed", sealed.bytes());
        Leak.of("smtp-password").absentFrom("what is sealed", sealed.bytes());
    }

    @Example
    void whatSomebodyElseEncryptedForTheNodeIsNotASecretOfOurs() {
        byte[] other = AgeCipher.encrypt("just some text".getBytes(), Set.of(kitchen.recipient()));
        assertInstanceOf(Opened.Refused.class, onKitchen.open(PASSWORD, SealedSecret.of(other)));
    }

    @Example
    void aRecipientThatIsNoAgeKeyIsRefused() {
        try (Secret secret = Secret.takeFrom("x".toCharArray())) {
            var held = new SecretLookup.Held(secret, 1);
            RecipientKey wrong = RecipientKey.of("ssh0ed25519key");
            assertThrows(InvalidValueException.class, () -> new AgeSealing().seal(PASSWORD, held, wrong));
        }
    }

    private SealedSecret sealed(String value) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            return seal(secret, 3);
        }
    }

    private SealedSecret seal(Secret secret, long version) {
        return new AgeSealing().seal(PASSWORD, new SecretLookup.Held(secret, version), kitchen.recipient());
    }
}
