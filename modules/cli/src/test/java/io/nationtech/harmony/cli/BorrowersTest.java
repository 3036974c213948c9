package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.borrowed.data.BorrowedData;
import io.nationtech.harmony.borrowed.data.OfferedVolume;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Of a deployment {@code downloads}, whose library {@code cinema} borrows. */
class BorrowersTest {
    private static final DeploymentName DOWNLOADS = DeploymentName.of("downloads");
    private static final DataName LIBRARY = DataName.of("library");
    private static final Container KEEPER =
            Examples.web().with(Container.Storage.keeping(Volume.of(LIBRARY, MountPath.of("/downloads"))));
    private static final BorrowedData BORROWED = new BorrowedData(
            ResourceName.of("player.downloads.library"), new OfferedVolume(DOWNLOADS, ServiceName.of("web"), LIBRARY));

    private static NodeStatus told(NodeStatus node, DeploymentName deployment, NodeResource... resources) {
        Map<DeploymentName, Versioned<DesiredState>> all = new HashMap<>(node.desired());
        all.put(deployment, new Versioned<>(1, new DesiredState(node.info().id(), deployment, List.of(resources))));
        return new NodeStatus(node.info(), node.liveness(), node.hardware(), all);
    }

    private static NodeStatus withCinema(NodeStatus node) {
        return told(node, DeploymentName.of("cinema"), Examples.web(), BORROWED);
    }

    private static String said(BiConsumer<Borrowers, Terminal> telling, DeploymentName owner, NodeStatus... nodes) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
        telling.accept(
                Borrowers.of(owner, new Inventory(List.of(nodes))),
                new Terminal(print, Ink.PLAIN, print, Ink.PLAIN, Terminal.Movement.LINES, InstantSource.system()));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whoWithdrawsTheOwnerIsToldThem() {
        assertEquals(
                "deployment 'cinema' borrows volume 'library' of 'downloads' on node 'node-1', which nobody keeps from now on: what is left of it there is used on, and nothing new can borrow it\n",
                said(
                        Borrowers::tellOfWithdrawal,
                        DOWNLOADS,
                        told(withCinema(Examples.fresh(1)), DOWNLOADS, KEEPER),
                        Examples.fresh(2)));
        assertEquals(
                "",
                said(
                        Borrowers::tellOfWithdrawal,
                        DeploymentName.of("website"),
                        told(withCinema(Examples.fresh(1)), DOWNLOADS, KEEPER)));
    }

    @Test
    void whoMovesTheOwnerIsToldThoseThatStayBehind() {
        assertEquals(
                "deployment 'cinema' borrows volume 'library' of 'downloads' on node 'node-1', which is not kept there any more: deploy it again, and it follows the volume\n",
                said(
                        Borrowers::tellOfMove,
                        DOWNLOADS,
                        withCinema(Examples.fresh(1)),
                        told(Examples.fresh(2), DOWNLOADS, KEEPER)));
        assertEquals(
                "", said(Borrowers::tellOfMove, DOWNLOADS, told(withCinema(Examples.fresh(1)), DOWNLOADS, KEEPER)));
    }
}
