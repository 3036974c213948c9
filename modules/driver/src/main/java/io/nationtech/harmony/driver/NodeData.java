package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ShareName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The data that a node's containers keep, for drivers that save and restore it. Safe for use by several threads. */
public interface NodeData {

    /** Of a node without containers. */
    NodeData NONE = new NodeData() {
        @Override
        public Optional<Path> volume(DeploymentName deployment, DataName volume) {
            return Optional.empty();
        }

        @Override
        public ShareFolder share(ShareName share) {
            return new ShareFolder.Away(nothing("no share '%s'".formatted(share)));
        }

        @Override
        public List<String> command(
                DeploymentName deployment,
                ContainerName container,
                Arguments program,
                Map<String, String> environment) {
            throw new RuntimeUnavailableException(nothing("no container '%s'".formatted(container)));
        }

        @Override
        public Hold hold(DeploymentName deployment, Set<ContainerName> containers, Rest rest) {
            return () -> {};
        }

        private Cause nothing(String what) {
            return new Cause(
                    "there is " + what + ", as this node runs no containers", "this node", "deploy to one that does");
        }
    };

    /** How containers rest while their data is worked on. */
    enum Rest {
        /** Their processes are halted where they are, and go on afterwards. */
        PAUSED,
        /** They are ended, and started again afterwards. */
        STOPPED
    }

    /** Until it is closed, containers rest, whatever else is wanted of them. */
    interface Hold extends AutoCloseable {

        /** Lets them go on. */
        @Override
        void close();
    }

    /**
     * Where a volume of a deployment is; empty before its first use.
     *
     * @throws RuntimeUnavailableException when that cannot be found out
     */
    Optional<Path> volume(DeploymentName deployment, DataName volume);

    /** Where a share is, if it is there now. */
    ShareFolder share(ShareName share);

    /**
     * The words by which a program runs in a container, with the standard streams of whoever runs them.
     *
     * @param environment that it has beside the container's
     */
    List<String> command(
            DeploymentName deployment, ContainerName container, Arguments program, Map<String, String> environment);

    /** The same with the container's environment alone. */
    default List<String> command(DeploymentName deployment, ContainerName container, Arguments program) {
        return command(deployment, container, program, Map.of());
    }

    /**
     * Lets containers rest; returns once they do. It ends with the process that asked for it: who wants it to last asks again.
     *
     * @throws RuntimeUnavailableException when one cannot be made to; then all go on
     */
    Hold hold(DeploymentName deployment, Set<ContainerName> containers, Rest rest);
}
