package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.Set;

/** Data of which copies are kept, each as a whole of its own. */
public sealed interface SavedData {

    /** By which it is known: {@code volume/orders}, {@code dump/db}. */
    ResourceId id();

    /** What of it is on the node's disk. */
    Set<DataName> volumes();

    /** Containers that use it. */
    Set<ContainerName> users();

    /**
     * The files of a volume.
     *
     * @param users containers that have it mounted
     */
    record Files(DataName volume, Quiet quiet, Set<ContainerName> users) implements SavedData {
        public Files {
            users = Set.copyOf(users);
        }

        @Override
        public ResourceId id() {
            return new ResourceId(KindName.of("volume"), ResourceName.of(volume.value()));
        }

        @Override
        public Set<DataName> volumes() {
            return Set.of(volume);
        }

        @Override
        public String toString() {
            return "%s, %s".formatted(id().path(), quiet);
        }
    }

    /**
     * What a database in a container says that it holds.
     *
     * @param volumes where the container keeps that, which are not copied as files
     */
    record Dumped(ContainerName container, Dump dump, Set<DataName> volumes) implements SavedData {
        public Dumped {
            volumes = Set.copyOf(volumes);
        }

        @Override
        public ResourceId id() {
            return new ResourceId(KindName.of("dump"), ResourceName.of(container.value()));
        }

        @Override
        public Set<ContainerName> users() {
            return Set.of(container);
        }

        @Override
        public String toString() {
            return id().path();
        }
    }
}
