import org.jspecify.annotations.NullMarked;

/**
 * Services of other deployments, reached by name wherever they run: what authors declare. Who leads there is another module's matter.
 */
@NullMarked
module io.nationtech.harmony.endpoint {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.endpoint;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.endpoint.UsedEndpointsKind;
}
