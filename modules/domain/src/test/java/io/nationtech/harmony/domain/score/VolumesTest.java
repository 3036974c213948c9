package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class VolumesTest {
    private static final Volume ORDERS = volume("orders", "/var/lib/shop/orders");

    private static Volume volume(String name, String at) {
        return Volume.of(DataName.of(name), MountPath.of(at));
    }

    private static String refusal(int replicas, Volume first, Volume... others) {
        ContainerService shop = Services.named("shop", replicas);
        return Assertions.assertThrows(InvalidValueException.class, () -> shop.volumes(first, others))
                .getMessage();
    }

    @Test
    void itsContainerKeepsTheVolumesAndStaysWithThem() {
        var shop = Services.named("shop", 1).volumes(ORDERS);

        List<Task> tasks = assertInstanceOf(
                        Expansion.Runs.class, shop.expand(DeploymentName.of("x"), new Inventory(List.of())))
                .tasks();

        assertEquals(1, tasks.size());
        assertEquals(Set.of(ORDERS.name()), tasks.getFirst().main().claim().volumes());
        assertEquals(new LossPolicy.Stays(), tasks.getFirst().workload().onLoss());
    }

    /** In whichever order they are said; the topology must have both capabilities either way. */
    @Test
    void goesWithSecrets() {
        SecretRef key = SecretRef.of("key");
        ContainerService shop = Services.named("shop", 1);

        assertEquals(
                both(shop.volumes(ORDERS).with(Secrets.of(key))),
                both(shop.secrets(key).with(Volumes.of(ORDERS))));
    }

    private interface Home extends ContainerRuntime, VolumeStore, SecretStore {}

    private static List<Task> both(Score<? super Home> score) {
        assertEquals(List.of(ORDERS), score.volumes());
        assertEquals(List.of(SecretRef.of("key")), score.secrets());
        Inventory inventory = new Inventory(List.of(), Map.of(SecretRef.of("key"), 3L));
        return assertInstanceOf(Expansion.Runs.class, score.expand(DeploymentName.of("x"), inventory))
                .tasks();
    }

    @Test
    void keepsThoseOfBothTimes() {
        Volume logs = volume("logs", "/var/log/shop");
        var shop = Services.named("shop", 1).volumes(ORDERS).with(Volumes.of(logs));

        assertEquals(List.of(ORDERS, logs), shop.volumes());
        assertEquals(
                "service 'shop' keeps two volumes 'orders'",
                Assertions.assertThrows(InvalidValueException.class, () -> shop.with(Volumes.of(ORDERS)))
                        .getMessage());
    }

    @Test
    void isThereOnce() {
        assertEquals(
                "service 'shop' keeps volume 'orders', which is on one node, and runs 2 times; run it once, or without it",
                refusal(2, ORDERS));
    }

    @Test
    void volumesHaveNamesAndPlacesOfTheirOwn() {
        assertEquals("service 'shop' keeps two volumes 'orders'", refusal(1, ORDERS, volume("orders", "/other")));
        assertEquals(
                "volumes 'orders' and 'all' of service 'shop' are both at /var/lib/shop/orders; one would hide the other",
                refusal(1, ORDERS, volume("all", "/var/lib/shop/orders")));
    }

    @Test
    void aVolumeMayLieInAnother() {
        Volume all = volume("all", "/var/lib/shop");

        assertEquals(
                List.of(ORDERS, all),
                Services.named("shop", 1).volumes(ORDERS, all).volumes());
    }
}
