package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.SiteName;

/** A place with an uplink. Nodes say at which site and in which failure domain they stand. */
public record Site(SiteName name) {

    /**
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when {@code name} is not a label
     */
    public static Site of(String name) {
        return new Site(SiteName.of(name));
    }
}
