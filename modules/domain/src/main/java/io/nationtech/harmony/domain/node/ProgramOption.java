package io.nationtech.harmony.domain.node;

/** What a container's program has around it that most do without. */
@Since(6)
public enum ProgramOption {
    /**
     * It runs under a small init, which passes signals on and reaps processes whose parents ended: for programs that start others and never wait
     * for them. Not for images that bring an init of their own, as s6-overlay: that must be the first process.
     */
    INIT,
    /** It has a terminal, and its standard input stays open. */
    TERMINAL,
    /** It reckons with its node's time zone, in {@code /etc/localtime} and, where it has no value already, in the variable {@code TZ}. */
    NODE_TIME_ZONE
}
