package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What work needs of the operating system. */
public sealed interface Os extends Trait {

    /**
     * A system, by its id in os-release(5), of at least this version.
     *
     * @throws InvalidValueException when {@code id} is not 1 to 64 of a-z, 0-9, '.', '_' and '-'
     */
    static Os atLeast(String id, OsVersion version) {
        return new Release(id, version);
    }

    /** A Linux kernel of at least this version. */
    static Os kernel(OsVersion version) {
        return new Kernel(version);
    }

    /** A system of at least a version. */
    record Release(String id, OsVersion version) implements Os {
        private static final Pattern FORM = Pattern.compile("[a-z0-9._-]{1,64}");

        public Release {
            if (!FORM.matcher(id).matches()) {
                InvalidValueException refusal = new InvalidValueException(
                                "'%s' is not the id of an operating system, which is of a-z, 0-9, '.', '_' and '-'"
                                        .formatted(id))
                        .about(id);
                String likely = id.toLowerCase(Locale.ROOT);
                throw FORM.matcher(likely).matches() ? refusal.suggesting("'" + likely + "'") : refusal;
            }
        }

        @Override
        public boolean isMetBy(Hardware hardware) {
            OperatingSystem has = hardware.platform().system();
            return has.id().equals(id) && has.version().compareTo(version) >= 0;
        }

        @Override
        public Shortfall miss(Hardware hardware) {
            OperatingSystem has = hardware.platform().system();
            return has.id().equals(id)
                    ? new Shortfall("needs %s %s, the node runs %s".formatted(id, version, has.version()), 500)
                    : Shortfall.absent("needs %s, the node runs %s".formatted(id, has.id()));
        }

        @Override
        public String toString() {
            return id + " " + version;
        }
    }

    /** A kernel of at least a version. */
    record Kernel(OsVersion version) implements Os {
        @Override
        public boolean isMetBy(Hardware hardware) {
            return hardware.platform().system().kernel().compareTo(version) >= 0;
        }

        @Override
        public Shortfall miss(Hardware hardware) {
            OsVersion has = hardware.platform().system().kernel();
            return new Shortfall("needs Linux %s, the node runs %s".formatted(version, has), 500);
        }

        @Override
        public String toString() {
            return "Linux " + version;
        }
    }
}
