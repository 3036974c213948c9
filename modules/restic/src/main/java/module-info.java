import org.jspecify.annotations.NullMarked;

/**
 * Backups by restic, the program: the driver for what {@code backup} declares. Found as a service.
 * An adapter: only composition roots use it.
 */
@NullMarked
module io.nationtech.harmony.restic {
    requires io.nationtech.harmony.backup;
    requires io.nationtech.harmony.driver;
    requires io.nationtech.harmony.files;
    requires io.nationtech.harmony.programs;
    requires io.nationtech.harmony.form;
    requires tools.jackson.jr.ob;
    requires static org.jspecify;

    provides io.nationtech.harmony.driver.DriverProvider with
            io.nationtech.harmony.restic.ResticDriver;
}
