package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.stream.IntStream;

/**
 * For how long copies are kept: the newest of each of so many days, weeks, months and years that have one. A copy that any of these keeps
 * stays; others go, after each good backup and never otherwise.
 *
 * @param newest so many are kept whatever their age; each number is 0 to 1000, and one of them at least 1
 */
public record Keep(int newest, int days, int weeks, int months, int years) {
    private static final int MOST = 1000;

    public Keep {
        int[] all = {newest, days, weeks, months, years};
        for (int count : all) {
            if (count < 0 || count > MOST) {
                throw new InvalidValueException("a retention of %d is outside 0..%d".formatted(count, MOST));
            }
        }
        if (IntStream.of(all).allMatch(count -> count == 0)) {
            throw new InvalidValueException("a retention that keeps nothing is no backup; keep at least one");
        }
    }

    /** The newest of each of so many days. */
    public static Keep days(int count) {
        return new Keep(0, count, 0, 0, 0);
    }

    /** So many, whatever their age. */
    public static Keep newest(int count) {
        return new Keep(count, 0, 0, 0, 0);
    }

    /** And the newest of each of so many weeks. */
    public Keep weeks(int count) {
        return new Keep(newest, days, count, months, years);
    }

    /** And the newest of each of so many months. */
    public Keep months(int count) {
        return new Keep(newest, days, weeks, count, years);
    }

    /** And the newest of each of so many years. */
    public Keep years(int count) {
        return new Keep(newest, days, weeks, months, count);
    }
}
