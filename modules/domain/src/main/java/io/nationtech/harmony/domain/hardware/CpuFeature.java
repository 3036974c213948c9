package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** A feature of a processor by the name that Linux gives it in {@code /proc/cpuinfo}, as in {@code avx2} or {@code sha_ni}. */
public record CpuFeature(String value) implements Comparable<CpuFeature> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_.]{0,31}");

    public CpuFeature {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a processor feature; write it as /proc/cpuinfo does, as in avx2 or sha_ni"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not 1 to 32 of a-z, 0-9, '_' and '.'
     */
    public static CpuFeature of(String value) {
        return new CpuFeature(value);
    }

    @Override
    public int compareTo(CpuFeature other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
