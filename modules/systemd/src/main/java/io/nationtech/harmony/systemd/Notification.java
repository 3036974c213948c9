package io.nationtech.harmony.systemd;

/** What a service manager can be told. */
public sealed interface Notification {

    /** The service began to work. */
    record Ready() implements Notification {}

    /**
     * How the service is.
     *
     * @param text one line for people, as {@code systemctl status} shows it; line ends become spaces, more than 500 characters
     *     are cut off
     */
    record Status(String text) implements Notification {
        private static final int LONGEST = 500;

        public Status {
            String line = text.replaceAll("\\p{Cntrl}+", " ");
            text = line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
        }
    }

    /** The service is alive; the watchdog waits anew. */
    record Alive() implements Notification {}

    /** The service ends on purpose. */
    record Stopping() implements Notification {}

    /** As sd_notify(3) writes it. */
    default String assignment() {
        return switch (this) {
            case Ready() -> "READY=1";
            case Status(String text) -> "STATUS=" + text;
            case Alive() -> "WATCHDOG=1";
            case Stopping() -> "STOPPING=1";
        };
    }
}
