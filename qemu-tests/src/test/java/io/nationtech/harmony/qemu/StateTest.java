package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps is encrypted for its TPM; it is not lost with that, and goes when somebody says so. */
@Tag("long")
final class StateTest {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);
    private static final String RECOVERY_KEY = "/var/lib/harmony/os/recovery-key";
    private static final String OPENED_BY_TPM =
            "cryptsetup open --test-passphrase --token-only --token-type systemd-tpm2 /dev/gpt-auto-root-luks";
    /** systemd-cryptenroll(1): 64 letters of modhex in groups of eight. */
    private static final Pattern KEY = Pattern.compile("([cbdefghijklnrtuv]{8}-){7}[cbdefghijklnrtuv]{8}");

    @TempDir
    private Path folder;

    @Test
    void theRecoveryKeyOpensItWhereTheTpmIsAnotherOneOrGone() throws IOException {
        try (VirtualMachine node = boot()) {
            Eventually.holds(
                    "there is a recovery key",
                    TO_BOOT,
                    () -> node.shell().run("test -e " + RECOVERY_KEY, TO_BOOT).exit() == 0);
            String key = told(node, "cat " + RECOVERY_KEY);
            assertTrue(KEY.matcher(key).matches(), key);
            told(node, "echo kept >/var/lib/kept && sync -f /var/lib/kept");
            told(node, OPENED_BY_TPM);

            node.cutPower();
            node.resetTpm();
            node.switchOn();
            typeWhenAsked(node, key);
            assertEquals("kept", told(node, "cat /var/lib/kept"));
            Eventually.holds(
                    "it is sealed to the new one",
                    TO_BOOT,
                    () -> node.shell().run(OPENED_BY_TPM, TO_BOOT).exit() == 0);

            node.cutPower();
            node.switchOn();
            assertEquals("kept", told(node, "cat /var/lib/kept"), "nobody typed anything");

            node.cutPower();
            node.removeTpm();
            node.switchOn();
            typeWhenAsked(node, key);
            assertEquals("kept", told(node, "cat /var/lib/kept"));
            Eventually.holds(
                    "it says what that means",
                    TO_BOOT,
                    () -> told(node, "journalctl --boot --unit=harmony-state-key --output=cat")
                            .contains("no TPM 2.0 any more"));
        }
    }

    @Test
    void aFactoryResetForgetsWhatTheNodeKeepsAndWasTold() throws IOException {
        try (VirtualMachine node = boot()) {
            told(node, "echo kept >/var/lib/kept && touch /etc/of-this-node");
            told(node, "mkdir -p /boot/loader/credentials && echo told >/boot/loader/credentials/harmony.site.cred");
            String machine = told(node, "cat /etc/machine-id");
            String state = told(node, "blkid -s UUID -o value /dev/gpt-auto-root-luks");
            String system = told(node, "cat /usr/lib/os-release");

            told(node, "systemctl start --no-block harmony-factory-reset");
            Eventually.holds(
                    "it forgets, and starts over", TO_BOOT, () -> node.booted().size() == 3);
            node.shell().awaitBoot();

            assertEquals(
                    "",
                    told(node, "ls -d /var/lib/kept /etc/of-this-node /boot/loader/credentials 2>/dev/null || true"));
            assertNotEquals(machine, told(node, "cat /etc/machine-id"));
            assertNotEquals(state, told(node, "blkid -s UUID -o value /dev/gpt-auto-root-luks"), "another key");
            assertEquals(system, told(node, "cat /usr/lib/os-release"));

            told(node, "echo kept >/var/lib/kept && sync -f /var/lib/kept");
            node.cutPower();
            node.switchOn();
            assertEquals("kept", told(node, "cat /var/lib/kept"), "once is enough");
        }
    }

    private VirtualMachine boot() throws IOException {
        return VirtualMachine.boot(
                folder,
                new VirtualMachine.Parts(
                        new VirtualMachine.Content.CopyOf(Release.current().image()),
                        Memory.gibibytes(1),
                        8,
                        List.of(),
                        List.of(),
                        Set.of(Extra.TPM),
                        List.of()));
    }

    private static void typeWhenAsked(VirtualMachine node, String key) throws IOException {
        Eventually.holds(
                "it asks", TO_BOOT, () -> node.serialTail(5).stream().anyMatch(line -> line.contains("recovery key")));
        node.type(key + "\n");
    }

    private static String told(VirtualMachine node, String command) {
        return GuestNode.told(node, command, TO_BOOT);
    }
}
