import org.jspecify.annotations.NullMarked;

/**
 * The operating system of a node is exchanged as a whole: releases that are fetched, checked and handed to systemd-sysupdate.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.os.update {
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires transitive io.nationtech.harmony.domain;
    requires io.nationtech.harmony.form;
    requires jdk.httpserver;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    exports io.nationtech.harmony.os.update;
}
