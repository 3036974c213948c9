import org.jspecify.annotations.NullMarked;

/**
 * Services under names of the site: what authors declare, what rules hold, and how a smoke test asks. Whichever proxy serves it on a
 * node is another module's matter.
 */
@NullMarked
module io.nationtech.harmony.ingress {
    requires transitive io.nationtech.harmony.domain;
    requires transitive io.nationtech.harmony.rules;
    requires static org.jspecify;

    exports io.nationtech.harmony.ingress;

    provides io.nationtech.harmony.domain.node.ResourceKind with
            io.nationtech.harmony.ingress.IngressRouteKind;
    provides io.nationtech.harmony.domain.spi.SmokeTestRunner with
            io.nationtech.harmony.ingress.HttpsSmokeTestRunner,
            io.nationtech.harmony.ingress.LoginSmokeTestRunner;
    provides io.nationtech.harmony.rules.Rule with
            io.nationtech.harmony.ingress.IngressNameTwice,
            io.nationtech.harmony.ingress.IngressPortTaken,
            io.nationtech.harmony.ingress.IngressSideDoor,
            io.nationtech.harmony.ingress.IngressToNothing;
}
