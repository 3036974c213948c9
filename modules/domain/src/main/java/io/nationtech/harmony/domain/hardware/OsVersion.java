package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A version of one to four numbers, as in {@code 13} or {@code 6.12.48}; missing numbers count as 0 in comparisons. */
public record OsVersion(List<Integer> numbers) implements Comparable<OsVersion> {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}");
    private static final int MOST = 4;

    public OsVersion {
        numbers = List.copyOf(numbers);
        Bounds.within("numbers in a version", numbers.size(), 1, MOST);
        numbers.forEach(number -> Bounds.within("number in a version", number, 0, 999_999));
    }

    /**
     * @throws InvalidValueException when {@code value} is not one to four numbers joined by dots
     */
    public static OsVersion of(String value) {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'%s' is not a version; write it as in 13 or 6.12.48".formatted(value));
        }
        return new OsVersion(
                Arrays.stream(value.split("\\.")).map(Integer::valueOf).toList());
    }

    @Override
    public int compareTo(OsVersion other) {
        for (int i = 0; i < MOST; i++) {
            int order = Integer.compare(at(i), other.at(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int at(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public String toString() {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
