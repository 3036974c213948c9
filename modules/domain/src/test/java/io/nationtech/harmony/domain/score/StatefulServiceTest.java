package io.nationtech.harmony.domain.score;

import java.util.Set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StatefulServiceTest {
    private static final Volume ORDERS = volume("orders", "/var/lib/shop/orders");

    private static Volume volume(String name, String at) {
        return Volume.of(DataName.of(name), MountPath.of(at));
    }

    private static String refusal(int replicas, Volume first, Volume... others) {
        ContainerService shop = Services.named("shop", replicas);
        return Assertions.assertThrows(InvalidValueException.class, () -> shop.keeps(first, others))
                .getMessage();
    }

    @Test
    void itsContainerKeepsTheVolumesAndStaysWithThem() {
        var shop = Services.named("shop", 1).keeps(ORDERS);

        List<Task> tasks = assertInstanceOf(
                        Expansion.Runs.class, shop.expand(DeploymentName.of("x"), new Inventory(List.of())))
                .tasks();

        assertEquals(1, tasks.size());
        assertEquals(Set.of(ORDERS.name()), tasks.getFirst().main().claim().volumes());
        assertEquals(new LossPolicy.Stays(), tasks.getFirst().workload().onLoss());
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
                "volumes orders at /var/lib/shop/orders and all at /var/lib/shop of service 'shop' lie in each other",
                refusal(1, ORDERS, volume("all", "/var/lib/shop")));
    }
}
