import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.website.Website;
import org.jspecify.annotations.NullMarked;

/**
 * The example deployment: a small web site on two nodes of a home lab.
 * Copy this module to begin your own.
 */
@NullMarked
module io.nationtech.harmony.website {
    requires io.nationtech.harmony.domain;
    requires static org.jspecify;

    provides DeploymentModule with
            Website;
}
