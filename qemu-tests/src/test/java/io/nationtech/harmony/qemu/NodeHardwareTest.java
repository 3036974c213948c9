package io.nationtech.harmony.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareText;
import io.nationtech.harmony.domain.hardware.Machine;
import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.domain.hardware.SecureBoot;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.hardware.UsbDevice;
import io.nationtech.harmony.domain.hardware.UsbId;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.Reported;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image of a node on a machine with a TPM, an NVMe drive and USB: the mesh knows them, puts work on it that needs them, and knows
 * what is plugged in and out.
 */
final class NodeHardwareTest {
    private static final Duration TO_BOOT = Duration.ofMinutes(6);
    private static final Duration TO_BE_SEEN = Duration.ofMinutes(1);
    private static final Duration TO_DEPLOY = Duration.ofMinutes(6);
    private static final NodeId NODE = NodeId.of("qemu-hardware");
    private static final IpAddress NODE_ADDRESS = IpAddress.of("127.0.0.43");
    private static final NodeId OTHER = NodeId.of("host-node");
    private static final IpAddress OTHER_ADDRESS = IpAddress.of("127.0.0.44");
    private static final String PIN = "7391-of-the-vault";
    private static final UsbId ADAPTER = new UsbId(0x0403, 0x6001);

    /** Two lines of which the kernel uses one, by configfs (Documentation/admin-guide/gpio/gpio-sim.rst). */
    private static final String MAKE_GPIO = """
            modprobe gpio-sim && cd /sys/kernel/config/gpio-sim && mkdir -p trial/bank/line1/hog && \
            echo 8 > trial/bank/num_lines && echo trial-relay > trial/bank/label && \
            echo taken > trial/bank/line1/hog/name && echo 1 > trial/live""";

    @TempDir
    private Path folder;

    @Test
    void theMeshKnowsWhatTheMachineHasAndPutsWorkOnIt() throws IOException {
        Path vault = VaultModule.jar(folder);
        try (SiteMesh mesh = SiteMesh.start(folder, List.of(NODE, OTHER));
                Registry registry = Registry.start(folder);
                HostNode _ = HostNode.start(folder, OTHER, OTHER_ADDRESS, mesh, registry.mapping("127.0.0.1"));
                VirtualMachine node = GuestNode.boot(
                        folder,
                        NODE,
                        NODE_ADDRESS,
                        mesh,
                        registry,
                        Set.of(Extra.TPM, Extra.NVME_DRIVE, Extra.USB_CONTROLLER));
                NatsMesh link = mesh.connect()) {
            Fleet fleet = mesh.fleet(link);
            // While the machine comes up, a source may answer too late for the first report.
            Eventually.holds("the node tells its hardware, its drive too", TO_BOOT, () -> {
                node.requireRunning();
                return last(fleet)
                                .flatMap(told -> nvme(told.report().hardware()).findFirst())
                                .isPresent()
                        && last(fleet, OTHER).isPresent();
            });
            Hardware hardware = last(fleet).orElseThrow().report().hardware();
            hardware.devices().forEach(device -> System.out.println("device: " + text(device)));
            last(fleet).orElseThrow().report().unread().forEach(unread -> System.out.println("not read: " + unread));

            assertEquals(
                    List.of(new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0)),
                    hardware.devices(TpmChip.class).toList());
            Disk nvme = nvme(hardware).findFirst().orElseThrow();
            assertEquals(nvme.size(), nvme.free(), "nothing is on it");
            assertEquals(Machine.VIRTUAL_MACHINE, hardware.platform().machine());
            assertEquals(SecureBoot.UNSUPPORTED, hardware.platform().secureBoot());

            Program.succeeds(TO_DEPLOY, List.of("modules/website-deploy/image/push", registry.place()));
            siteWithSecrets(mesh);
            workGoesWhereItsNeedsAreMet(node, vault, mesh);
            aNameOfTheSiteIsServedAndASecretIsInNothingButTheProcess(node);
            whoRunsTheMeshHasWhatOpensItsDisk(node, mesh);

            node.plugUsbSerial();
            awaitSeen(
                    node,
                    fleet,
                    "plugged in",
                    has -> has.devices(UsbDevice.class)
                            .anyMatch(device -> device.id().equals(ADAPTER)));
            node.unplugUsbSerial();
            awaitSeen(
                    node,
                    fleet,
                    "pulled out",
                    has -> has.devices(UsbDevice.class)
                            .noneMatch(device -> device.id().equals(ADAPTER)));

            simulatedGpio(node, fleet);
        }
    }

    private static Stream<Disk> nvme(Hardware hardware) {
        return hardware.devices(Disk.class).filter(disk -> disk.medium() == Medium.NVME);
    }

    /** What a person does once: an authority for the names of the site, and a secret. */
    private static void siteWithSecrets(SiteMesh mesh) {
        mesh.person(TO_DEPLOY, "modules/cli/harmony ca create --domain home.arpa");
        mesh.person(TO_DEPLOY, "echo -n %s | modules/cli/harmony secret set vault-pin".formatted(PIN));
    }

    private void workGoesWhereItsNeedsAreMet(VirtualMachine node, Path vault, SiteMesh mesh) {
        mesh.person(TO_DEPLOY, "modules/cli/harmony deploy " + vault);
        String why = mesh.person(TO_DEPLOY, "modules/cli/harmony why " + vault);

        assertTrue(why.contains("vault.keys#0 runs on " + NODE), why);
        assertTrue(why.contains("✔ " + NODE), why);
        assertTrue(
                Pattern.compile("✘ " + OTHER + " +TPM 2.0 — has no TPM")
                        .matcher(why)
                        .find(),
                why);
        GuestReply devices = node.shell()
                .run(
                        "podman inspect --format '{{range .HostConfig.Devices}}{{.PathOnHost}} {{end}}' harmony-vault.keys",
                        TO_BE_SEEN);
        assertEquals("/dev/tpmrm0", devices.output().strip(), devices::output);
    }

    /** Its smoke test asked by HTTPS, and heeded the authority. */
    private void aNameOfTheSiteIsServedAndASecretIsInNothingButTheProcess(VirtualMachine node) {
        assertEquals("active", GuestNode.told(node, "systemctl is-active harmony-ingress", TO_BE_SEEN));
        assertEquals("haproxy", GuestNode.told(node, "ps -o user= -C haproxy | sort -u", TO_BE_SEEN));
        String process =
                GuestNode.told(node, "podman inspect --format '{{.State.Pid}}' harmony-vault.keys", TO_BE_SEEN);
        assertEquals(
                "VAULT_PIN=" + PIN,
                GuestNode.told(
                        node, "tr '\\0' '\\n' </proc/%s/environ | grep VAULT_PIN".formatted(process), TO_BE_SEEN));
        assertFalse(
                GuestNode.told(node, "podman inspect harmony-vault.keys; systemctl cat harmony-vault.keys", TO_BE_SEEN)
                        .contains(PIN));
    }

    private static void whoRunsTheMeshHasWhatOpensItsDisk(VirtualMachine node, SiteMesh mesh) {
        String kept = GuestNode.told(node, "cat /var/lib/harmony/os/recovery-key", TO_BE_SEEN);
        assertEquals(
                kept,
                mesh.person(TO_DEPLOY, "modules/cli/harmony node recovery-key " + NODE)
                        .strip());
    }

    /** Debian's kernel may come without it: then this says so, and the trees of boards are all there is. */
    private static void simulatedGpio(VirtualMachine node, Fleet fleet) {
        if (node.shell().run("modprobe -n gpio-sim", TO_BE_SEEN).exit() != 0) {
            System.out.println("gpio-sim: not in this kernel");
            return;
        }
        GuestReply made = node.shell().run(MAKE_GPIO, TO_BE_SEEN);
        assertEquals(0, made.exit(), made::output);
        awaitSeen(
                node,
                fleet,
                "a GPIO chip made",
                has -> has.devices(GpioChip.class)
                        .anyMatch(chip -> chip.label().value().contains("trial-relay")));
        GpioChip chip = last(fleet)
                .orElseThrow()
                .report()
                .hardware()
                .devices(GpioChip.class)
                .findFirst()
                .orElseThrow();
        System.out.println("device: " + text(chip));
        assertTrue(chip.offers(0) && !chip.offers(1), () -> "the kernel has line 1: " + chip);
    }

    private static void awaitSeen(VirtualMachine node, Fleet fleet, String what, Predicate<Hardware> seen) {
        long start = System.nanoTime();
        Eventually.holds("the mesh knows what was " + what, TO_BE_SEEN, () -> {
            node.requireRunning();
            return last(fleet).filter(one -> seen.test(one.report().hardware())).isPresent();
        });
        System.out.printf("%s: known to the mesh after %.1f s%n", what, (System.nanoTime() - start) / 1e9);
    }

    private static Optional<Reported> last(Fleet fleet) {
        return last(fleet, NODE);
    }

    private static Optional<Reported> last(Fleet fleet, NodeId node) {
        try {
            List<Reported> reports = fleet.nodeReports().hardware(node);
            return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
        } catch (MeshUnavailableException e) {
            return Optional.empty();
        }
    }

    private static String text(Device device) {
        return "%s %s: %s".formatted(HardwareText.kind(device), device.path(), HardwareText.of(device));
    }
}
