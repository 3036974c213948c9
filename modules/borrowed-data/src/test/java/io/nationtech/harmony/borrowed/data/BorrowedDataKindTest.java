package io.nationtech.harmony.borrowed.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.node.ContainerKind;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.driver.contract.ResourceKindContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class BorrowedDataKindTest extends ResourceKindContract<BorrowedData> {
    private static BorrowedData data(String name, String volume) {
        return new BorrowedData(
                ResourceName.of(name),
                new OfferedVolume(DeploymentName.of("downloads"), ServiceName.of("torrent"), DataName.of(volume)));
    }

    @Override
    protected ResourceKind<BorrowedData> kind() {
        return new BorrowedDataKind();
    }

    @Override
    protected List<BorrowedData> examples() {
        return List.of(data("player.downloads.library", "library"), data("player.downloads.unfinished", "unfinished"));
    }

    @Test
    void isThereBeforeContainers() {
        List<ResourceKind<?>> order = ResourceKinds.of(List.of(new ContainerKind(), new BorrowedDataKind()))
                .inOrder();

        assertEquals("borrowed-data", order.getFirst().name().value());
    }

    @Test
    void aNameIsNoPath() {
        assertThrows(InvalidValueException.class, () -> data("player/../../elsewhere", "library"));
    }
}
