package io.nationtech.harmony.domain.value;

import java.time.ZoneId;

/** A time zone by its name in the IANA database, as in {@code Europe/Zurich} or {@code UTC}. */
public record TimeZoneName(String value) {

    public TimeZoneName {
        if (!ZoneId.getAvailableZoneIds().contains(value)) {
            throw new InvalidValueException(
                    "'%s' is no time zone; write a name of the IANA database, as in 'Europe/Zurich' or 'UTC'"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when there is no such time zone
     */
    public static TimeZoneName of(String value) {
        return new TimeZoneName(value);
    }

    /** The zone with its rules. */
    public ZoneId zone() {
        return ZoneId.of(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
