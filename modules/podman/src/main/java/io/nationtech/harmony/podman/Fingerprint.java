package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.HealthCheck;
import io.nationtech.harmony.domain.node.Container.Pull;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells whether a container is as declared: a hash of the declaration's form, so that whatever is ever said of a container makes a new
 * one when it changes, but for what {@link #toldToPodman} takes out.
 */
record Fingerprint(String value) {
    /** To be raised when the same declaration comes to be told to podman in another way. */
    private static final int VERSION = 5;

    private static final int LENGTH = 16;
    private static final RecordForm<Container> FORM = RecordForm.of(Container.class);

    /** Another file for the same device, another mount or another word for podman makes another container. */
    static Fingerprint of(EquippedContainer equipped, Optional<IpAddress> publishAt) {
        String text = "%d %s %s %s %s"
                .formatted(
                        VERSION,
                        publishAt,
                        equipped.deviceFiles(),
                        Stream.concat(equipped.mounts().stream(), equipped.words().stream())
                                .toList(),
                        FORM.canonical(toldToPodman(equipped.container())));
        return new Fingerprint(Sha256.hex(text).substring(0, LENGTH));
    }

    /**
     * Without what podman is not told: how the agent comes to the image, how it asks for health, what it waits for, what placement keeps for it beside the
     * processor's share, and whether it may move; its devices are known by their files.
     */
    private static Container toldToPodman(Container container) {
        Demand told = Demand.of(container.resources().memoryLimit())
                .with(container.resources().reserved().cpu());
        return container
                .with(Pull.DEFAULT)
                .with(HealthCheck.DEFAULT)
                .with(container.execution().after(Set.of()))
                .with(container.resources().reserving(told))
                .placed(List.of(), Mobility.MOVES);
    }

    @Override
    public String toString() {
        return value;
    }
}
