import org.jspecify.annotations.NullMarked;

/**
 * The container engine of a node, as containers of it may ask it by Docker's API: what authors declare. Who answers is another module's
 * matter.
 */
@NullMarked
module io.nationtech.harmony.docker.socket {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.docker.socket;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.docker.socket.DockerEndpointKind;
}
