package io.nationtech.harmony.secrets.age;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AgeIdentityTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        try (AgeIdentity identity = AgeIdentity.generate()) {
            identity.writeTo(key());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key())));
            try (AgeIdentity again = AgeIdentity.read(key())) {
                assertEquals(identity.recipient(), again.recipient());
                assertEquals(identity.recipient().value(), again.toString());
            }
        }
    }

    @Test
    void anExistingKeyIsNeverOverwritten() throws IOException {
        try (AgeIdentity identity = AgeIdentity.generate()) {
            identity.writeTo(key());
            byte[] before = Files.readAllBytes(key());
            refusal("there is a key already", () -> identity.writeTo(key()));
            assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(key())));
        }
    }

    @Test
    void aKeyThatOthersMayReadIsRefusedWithTheCommandThatMendsIt() throws IOException {
        try (AgeIdentity identity = AgeIdentity.generate()) {
            identity.writeTo(key());
        }
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(refusal("others may read", () -> AgeIdentity.read(key())).contains("chmod 600 " + key()));
    }

    @Test
    void aDamagedKeyIsRefusedWithoutRepeatingIt() throws IOException {
        try (AgeIdentity identity = AgeIdentity.generate()) {
            identity.writeTo(key());
        }
        String content = Files.readString(key());
        String line = content.lines()
                .filter(text -> text.startsWith("AGE"))
                .findFirst()
                .orElseThrow();
        for (String broken :
                new String[] {line.substring(0, 40), line.replace('Q', 'P'), line + "Q", line + "\u00e9"}) {
            if (broken.equals(line)) {
                continue;
            }
            Files.writeString(key(), broken + "\n");
            var refused = assertThrows(SecretsUnavailableException.class, () -> AgeIdentity.read(key()));
            assertTrue(refused.why().what().contains("the key is damaged"), refused::getMessage);
            Leak.of(line.substring(16, 36)).absentFrom(refused);
        }
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        refusal("there is no key file", () -> AgeIdentity.read(key()));
        Files.createFile(key(), DurableFile.OWNER_ONLY);
        refusal("no line that begins with AGE-SECRET-KEY-1", () -> AgeIdentity.read(key()));
        Files.write(key(), new byte[(1 << 14) + 1]);
        refusal("more than 16 KiB", () -> AgeIdentity.read(key()));
    }

    private Path key() {
        return folder.resolve("prod.key");
    }

    private static String refusal(String what, Executable work) {
        var refused = assertThrows(SecretsUnavailableException.class, work);
        assertTrue(refused.why().what().contains(what), refused::getMessage);
        assertFalse(refused.why().next().isBlank());
        return refused.why().next();
    }
}
