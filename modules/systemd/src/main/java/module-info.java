import org.jspecify.annotations.NullMarked;

/**
 * Tells systemd how the service is, by the protocol of sd_notify(3). An adapter: only composition roots use it.
 * Calls the C library, so it needs {@code --enable-native-access=io.nationtech.harmony.systemd}.
 */
@NullMarked
module io.nationtech.harmony.systemd {
    requires static org.jspecify;

    exports io.nationtech.harmony.systemd;
}
