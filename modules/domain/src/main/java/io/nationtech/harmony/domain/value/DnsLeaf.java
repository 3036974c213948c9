package io.nationtech.harmony.domain.value;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands before a host's name where a record is not about the host but about something of it (RFC 8552): {@code _dmarc}, {@code _sip._tcp},
 * {@code selector1._domainkey}. One to five labels of a-z, 0-9, '-' and '_', of which one at least begins with '_', in lower case.
 */
public record DnsLeaf(String value) implements Comparable<DnsLeaf> {
    private static final Pattern LABEL = Pattern.compile("_?[a-z0-9](?:[a-z0-9_-]{0,60}[a-z0-9])?");
    private static final int MOST_LABELS = 5;

    public DnsLeaf {
        List<String> labels = List.of(value.split("\\.", MOST_LABELS + 1));
        if (labels.size() > MOST_LABELS
                || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                || labels.stream().noneMatch(label -> label.startsWith("_"))) {
            throw new InvalidValueException(
                    "'%s' does not stand before a name: write up to %d labels of which one begins with '_', as _dmarc or _sip._tcp"
                            .formatted(value, MOST_LABELS));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not labels of which one begins with an underscore
     */
    public static DnsLeaf of(String value) {
        return new DnsLeaf(value.toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(DnsLeaf other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
