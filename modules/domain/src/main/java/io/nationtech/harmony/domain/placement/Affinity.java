package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;

/** Where work likes to be, beside what hardware it needs. */
public sealed interface Affinity {

    /** How much it counts. */
    Strength strength();

    /** Where a copy of a service is; work may be near its own service, and its first copy is then free. */
    record Near(ServiceRef service, Scope scope, Strength strength) implements Affinity {
        @Override
        public String toString() {
            return "in a %s with %s".formatted(scope, service);
        }
    }

    /** Where no copy of a service is; required, it keeps that service's copies away as well. */
    record Away(ServiceRef service, Scope scope, Strength strength) implements Affinity {
        @Override
        public String toString() {
            return "in no %s with %s".formatted(scope, service);
        }
    }

    /** At a site. */
    record AtSite(SiteName site, Strength strength) implements Affinity {
        @Override
        public String toString() {
            return "at site " + site;
        }
    }

    /**
     * Near a site, as measured: preferred, it counts the more the shorter the way is.
     *
     * @param latency to the site and back, at most; longer than zero, at most 10 s
     */
    record Within(Duration latency, SiteName site, Strength strength) implements Affinity {
        private static final Duration LONGEST = Duration.ofSeconds(10);

        public Within {
            if (!latency.isPositive() || latency.compareTo(LONGEST) > 0) {
                throw new InvalidValueException(
                        "latency %s to site %s is outside 0..%s".formatted(latency, site, LONGEST));
            }
        }

        @Override
        public String toString() {
            return "within %d ms of site %s".formatted(latency.toMillis(), site);
        }
    }

    /** Where a copy of some data is. */
    record WithData(DataName data, Strength strength) implements Affinity {
        @Override
        public String toString() {
            return "with data " + data;
        }
    }
}
