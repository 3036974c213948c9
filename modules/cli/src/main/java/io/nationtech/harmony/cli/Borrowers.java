package io.nationtech.harmony.cli;

import io.nationtech.harmony.borrowed.data.BorrowedData;
import io.nationtech.harmony.borrowed.data.OfferedVolume;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who borrows data of a deployment.
 *
 * @param owner whose data it is
 * @param all by node and name
 */
record Borrowers(DeploymentName owner, List<Borrower> all) {
    Borrowers {
        all = List.copyOf(all);
    }

    /** On one node. */
    record Borrower(NodeStatus node, DeploymentName deployment, OfferedVolume volume) {
        private boolean isLeftBehind() {
            return Optional.ofNullable(node.desired().get(volume.deployment())).stream()
                    .flatMap(told -> told.value().resources().stream())
                    .noneMatch(resource -> resource.claim().volumes().contains(volume.volume()));
        }

        private String text() {
            return "deployment '%s' borrows volume '%s' of '%s' on node '%s'"
                    .formatted(
                            deployment,
                            volume.volume(),
                            volume.deployment(),
                            node.info().id());
        }
    }

    /** As nodes are told. */
    static Borrowers of(DeploymentName owner, Inventory fleet) {
        return new Borrowers(
                owner,
                fleet.nodes().stream()
                        .flatMap(node -> node.desired().values().stream()
                                .map(Versioned::value)
                                .flatMap(state -> borrowed(state)
                                        .filter(volume -> volume.deployment().equals(owner))
                                        .map(volume -> new Borrower(node, state.deployment(), volume))))
                        .distinct()
                        .toList());
    }

    private static Stream<OfferedVolume> borrowed(DesiredState state) {
        return state.resources().stream()
                .filter(BorrowedData.class::isInstance)
                .map(BorrowedData.class::cast)
                .map(BorrowedData::volume);
    }

    /** Tells whoever withdraws it. */
    void tellOfWithdrawal(Terminal terminal) {
        tell(
                terminal,
                _ -> true,
                "which nobody keeps from now on: what is left of it there is used on, and nothing new can borrow it");
    }

    /** Tells whoever had it moved. */
    void tellOfMove(Terminal terminal) {
        tell(
                terminal,
                Borrower::isLeftBehind,
                "which is not kept there any more: deploy it again, and it follows the volume");
    }

    private void tell(Terminal terminal, Predicate<Borrower> which, String what) {
        all.stream()
                .filter(which)
                .map(Borrower::text)
                .sorted()
                .forEach(text -> terminal.say("%s, %s".formatted(text, what)));
    }
}
