package io.nationtech.harmony.domain.node;

/** What a process is told when it is to end: signal(7). */
public enum StopSignal {
    TERM,
    INT,
    QUIT,
    HUP,
    USR1,
    USR2,
    /** With which nginx and Apache end what they have begun. */
    WINCH,
    KILL;
}
