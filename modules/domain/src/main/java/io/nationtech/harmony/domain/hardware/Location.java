package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.SiteName;

/** Where a node stands, and what fails with it. A failure domain lies within one site. */
public record Location(SiteName site, FailureDomain failureDomain) {
    @Override
    public String toString() {
        return site + "/" + failureDomain;
    }
}
