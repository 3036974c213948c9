package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final NodeId NODE = NodeId.of("n1");
    private static final DeploymentName WEBSITE = DeploymentName.of("website");

    @Test
    void whatIsTidiedIsNotPreparedAnyMore() throws InterruptedException {
        Inbox inbox = new Inbox(Thread.currentThread());
        assertTrue(inbox.preparing(1, inbox::isPreparing));
        assertFalse(inbox.tidying(1, inbox::isPreparing));
        assertFalse(inbox.isPreparing());
    }

    @Test
    void newerWordEndsTidyingToo() {
        Inbox inbox = new Inbox(Thread.currentThread());
        assertThrows(
                InterruptedException.class,
                () -> inbox.tidying(1, () -> {
                    inbox.put(new DesiredStateUpdate(
                            WEBSITE, 2, new Decoded.Value<>(new DesiredState(NODE, WEBSITE, List.of()))));
                    return 1;
                }));
    }
}
