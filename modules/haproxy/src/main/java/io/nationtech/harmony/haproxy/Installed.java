package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.driver.LocalPrograms;

/** What this node has installed for these drivers. */
final class Installed {
    static final LocalPrograms PROGRAMS = new LocalPrograms("haproxy");

    private Installed() {}
}
