package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.SecretRef;

/** The certificate authority of the site, which {@code harmony ca create} makes. */
public final class SiteAuthority {
    /** Certificate and key, in one secret. */
    public static final SecretRef SECRET = SecretRef.of("site-ca");

    private SiteAuthority() {}
}
