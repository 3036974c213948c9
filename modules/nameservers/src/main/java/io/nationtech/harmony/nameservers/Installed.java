package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.driver.LocalPrograms;

/** What this node has installed for these drivers. */
final class Installed {
    static final LocalPrograms PROGRAMS = new LocalPrograms("knot unbound");

    private Installed() {}
}
