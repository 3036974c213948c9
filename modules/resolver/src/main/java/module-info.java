import org.jspecify.annotations.NullMarked;

/**
 * What looks up names for the machines of a site: what authors declare, and what rules hold. Whichever program does it on a node is another module's
 * matter.
 */
@NullMarked
module io.nationtech.harmony.resolver {
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.rules;
    requires static org.jspecify;

    exports io.nationtech.harmony.resolver;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.resolver.ResolverKind;
    provides io.nationtech.harmony.rules.Rule with
            io.nationtech.harmony.resolver.ResolverPortTaken,
            io.nationtech.harmony.resolver.ResolverZoneToNothing;
}
