package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ProcessUser;
import io.nationtech.harmony.domain.node.Volume;
import java.util.Optional;

/**
 * Makes the volumes of containers that run as a user of their own, to whom they belong then. Podman makes all others at first use, and gives each to
 * whom the image's folder of that place belongs: a container of another user could not write into it.
 */
record NewVolumes(Podman podman) {

    /**
     * Makes those that are not there; one that is there is left as it is.
     *
     * @param owner before the names of volumes, as {@link PodmanArguments#volume}
     * @return why one cannot be made
     */
    Optional<Cause> make(String owner, Container container, String where) {
        return container.execution().program().user().flatMap(user -> make(owner, container, user, where));
    }

    private Optional<Cause> make(String owner, Container container, ProcessUser user, String where) {
        for (Volume volume : container.storage().volumes()) {
            String name = PodmanArguments.volume(owner, volume.name());
            Finished made = podman.run(
                    "volume",
                    "create",
                    "--ignore",
                    "--opt",
                    "o=uid=%s,gid=%s".formatted(user.user(), user.group()),
                    name);
            if (!made.succeeded()) {
                return Optional.of(Diagnosis.of("volume '%s' cannot be made".formatted(name), where, made));
            }
        }
        return Optional.empty();
    }
}
