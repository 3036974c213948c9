import org.jspecify.annotations.NullMarked;

/**
 * The driver for containers: makes them by whatever container runtime a node has, asks them how they are, and starts those again that
 * are not well. Knows no container tool.
 */
@NullMarked
module io.nationtech.harmony.containers {
    requires transitive io.nationtech.harmony.driver;
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.form;
    requires static org.jspecify;

    exports io.nationtech.harmony.containers;
}
