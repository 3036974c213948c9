package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.catalogue.Application;
import io.nationtech.harmony.catalogue.frigate.Frigate;
import io.nationtech.harmony.catalogue.gitea.Gitea;
import io.nationtech.harmony.catalogue.grafana.Grafana;
import io.nationtech.harmony.catalogue.homeassistant.HomeAssistant;
import io.nationtech.harmony.catalogue.immich.Immich;
import io.nationtech.harmony.catalogue.jellyfin.Jellyfin;
import io.nationtech.harmony.catalogue.mosquitto.Mosquitto;
import io.nationtech.harmony.catalogue.nextcloud.Nextcloud;
import io.nationtech.harmony.catalogue.nodered.NodeRed;
import io.nationtech.harmony.catalogue.paperlessngx.PaperlessNgx;
import io.nationtech.harmony.catalogue.pihole.PiHole;
import io.nationtech.harmony.catalogue.vaultwarden.Vaultwarden;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.PciClass;
import io.nationtech.harmony.domain.hardware.PciDevice;
import io.nationtech.harmony.domain.hardware.PciId;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the applications of the catalogue run, on machines with and without what they need. */
class CataloguePlanningTest {
    private static final Device GPU =
            new GraphicsCard(DevicePath.of("0000:00:02.0"), ModelName.cleaned("UHD Graphics"), Optional.empty());
    private static final Device CORAL =
            new PciDevice(DevicePath.of("0000:02:00.0"), new PciId(0x1ac1, 0x089a), new PciClass(0x0880));

    static List<DeploymentModule> applications() {
        return List.of(
                new Frigate(),
                new Gitea(),
                new Grafana(),
                new HomeAssistant(),
                new Immich(),
                new Jellyfin(),
                new Mosquitto(),
                new Nextcloud(),
                new NodeRed(),
                new PaperlessNgx(),
                new PiHole(),
                new Vaultwarden());
    }

    private static NodeStatus node(Deployment<?> deployment, Set<String> shares, Device... devices) {
        NodeStatus bare = Homes.with(Homes.sharing(Homes.node("n", "n"), shares.toArray(String[]::new)), devices);
        NodeInfo info = bare.info();
        Set<CapabilityName> all = Stream.of(
                        deployment.topology().capabilities(), info.agent().capabilities())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return new NodeStatus(
                new NodeInfo(
                                info.id(),
                                info.location(),
                                info.address(),
                                info.machine(),
                                NodeInfo.Agent.of("0.1.0", all))
                        .with(Optional.of(NodeKey.of("age1" + "q".repeat(58)))),
                bare.liveness(),
                bare.hardware(),
                bare.desired());
    }

    private static Planning<DesiredPlacement> planning(DeploymentModule module, Set<String> shares, Device... devices) {
        Deployment<?> deployment = module.deployment();
        Map<SecretRef, Long> secrets = deployment.scores().stream()
                .flatMap(score -> score.secrets().stream())
                .distinct()
                .collect(Collectors.toMap(secret -> secret, _ -> 1L));
        return DesiredPlacement.of(deployment, new Inventory(List.of(node(deployment, shares, devices))).with(secrets));
    }

    private static DesiredPlacement planned(DeploymentModule module, Set<String> shares, Device... devices) {
        return switch (planning(module, shares, devices)) {
            case Planning.Planned<DesiredPlacement>(DesiredPlacement plan) -> plan;
            case Planning.Impossible<DesiredPlacement>(var cause) -> throw new AssertionError(cause);
        };
    }

    private static String why(DeploymentModule module, Set<String> shares, Device... devices) {
        return switch (planning(module, shares, devices)) {
            case Planning.Planned<DesiredPlacement>(DesiredPlacement plan) -> throw new AssertionError(plan);
            case Planning.Impossible<DesiredPlacement>(var cause) -> cause.what();
        };
    }

    @ParameterizedTest
    @MethodSource("applications")
    void runsWhereThereIsWhatItNeeds(DeploymentModule application) {
        DesiredPlacement plan = planned(application, Set.of("media", "recordings", "scans"), GPU, CORAL);

        assertEquals(List.of(), plan.pending());
        assertEquals(
                Set.of("n"),
                plan.shares().keySet().stream().map(Object::toString).collect(Collectors.toSet()));
    }

    @Test
    void noneIsForgotten() {
        assertEquals(
                Application.all().stream().map(Application::name).toList(),
                applications().stream()
                        .map(module -> module.deployment().name())
                        .toList());
    }

    @Test
    void camerasGetACoralAndAPartOfTheGpu() {
        List<String> given = planned(new Frigate(), Set.of("recordings"), GPU, CORAL).shares().values().stream()
                .flatMap(share -> Container.among(share.resources().stream()))
                .flatMap(container -> container.resources().devices().stream())
                .map(DeviceGrant::words)
                .sorted()
                .toList();

        assertEquals(List.of("gpu 0000:00:02.0", "pci 0000:02:00.0"), given);
    }

    @Test
    void aDeviceThatIsNowhereIsNamed() {
        assertTrue(why(new Jellyfin(), Set.of("media")).contains("shared GPU — has no GPU"));
        assertTrue(why(new Frigate(), Set.of("recordings"), GPU).contains("PCI device 1ac1:089a"));
        assertTrue(why(new Frigate(), Set.of("recordings"), CORAL).contains("shared GPU — has no GPU"));
    }

    @Test
    void aFolderThatIsNowhereIsNamed() {
        assertTrue(why(new PaperlessNgx(), Set.of()).contains("share scans — has no share"));
        assertTrue(why(new Jellyfin(), Set.of("photos"), GPU).contains("share media"));
    }
}
