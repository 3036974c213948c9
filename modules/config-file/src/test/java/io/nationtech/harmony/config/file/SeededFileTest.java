package io.nationtech.harmony.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeededFileTest {
    private static final Volume DATA = Volume.of(DataName.of("flows"), MountPath.of("/data"));
    private static final MountPath INSIDE = MountPath.of("/data/settings.js");
    private static final ConfigFile SETTINGS = ConfigFile.of("settings.js", "module.exports = {}\n");
    private static final MountedFile SEED = new MountedFile(SETTINGS.id(), INSIDE);

    private static PrivateService service(String name) {
        return ContainerService.named(ServiceName.of(name))
                .image(ImageReference.of("registry.internal/%s:1".formatted(name)))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(64));
    }

    private static List<Task> tasks(Score<?> score) {
        return assertInstanceOf(Expansion.Runs.class, score.expand(DeploymentName.of("x"), new Inventory(List.of())))
                .tasks();
    }

    private static List<List<MountedFile>> seeds(Task task) {
        return Container.among(task.resources().stream())
                .map(container -> container.storage().seeds())
                .toList();
    }

    @Test
    void comesWithItsContainerInWhoseVolumeItIs() {
        Task task = tasks(service("node-red").volumes(DATA).with(SeededFile.of(SETTINGS, INSIDE)))
                .getFirst();

        assertEquals(List.of(List.of(SEED)), seeds(task));
        assertEquals(SETTINGS, task.resources().getLast());
    }

    @Test
    void ofAGroupThoseHaveItWhoseVolumeItIsIn() {
        var group = Together.of(
                ServiceName.of("app"), service("web"), service("node-red").volumes(DATA));

        Task task = tasks(group.with(SeededFile.of(SETTINGS, INSIDE))).getFirst();

        assertEquals(List.of(List.of(), List.of(SEED)), seeds(task));
    }

    @Test
    void aGroupIsStillAboutWhoeverUsesItsDevice() {
        var group = Together.of(
                ServiceName.of("app"),
                service("node-red").volumes(DATA),
                service("relays").needs(Gpio.line(17)));

        Task task = tasks(group.with(SeededFile.of(SETTINGS, INSIDE))).getFirst();

        assertEquals("relays", task.main().id().name().value(), "who uses a device gets it");
    }

    @Test
    void aPlaceOutsideOfTheVolumesIsRefused() {
        String outside =
                "file 'settings.js' is to be put at %s, which is in no volume of the container; name the volume before";

        assertEquals(outside.formatted("/etc/settings.js"), refusal(SETTINGS, "/etc/settings.js"));
        assertEquals(outside.formatted("/data"), refusal(SETTINGS, "/data"), "it is the volume itself");
        assertEquals(outside.formatted("/database/x"), refusal(SETTINGS, "/database/x"));
    }

    @Test
    void aSecretIsNotLaidDownInAVolume() {
        assertEquals(
                "configuration file 'a' holds secrets, which would lie in a volume as they are; mount it: MountedConfig.withSecrets",
                refusal(ConfigFile.of("a", "token=").then(SecretRef.of("token")), "/data/a"));
    }

    @Test
    void aFileForSomebodyElseIsRefused() {
        ConfigFile owned = ConfigFile.of("a", "x").onlyFor(new ConfigFile.Owner(33, 33));

        assertThrows(InvalidValueException.class, () -> SeededFile.of(owned, INSIDE));
    }

    private static String refusal(ConfigFile file, String at) {
        return assertThrows(
                        InvalidValueException.class,
                        () -> tasks(service("node-red").volumes(DATA).with(SeededFile.of(file, MountPath.of(at)))))
                .getMessage();
    }
}
