package io.nationtech.harmony.domain.value;

/** All addresses from one to another, both included. */
public record AddressRange(IpAddress first, IpAddress last) {
    public AddressRange {
        if (first.width() != last.width()) {
            throw new InvalidValueException(
                            "range %s to %s mixes IPv4 and IPv6; both ends are of one family".formatted(first, last))
                    .about(last);
        }
        if (first.compareTo(last) > 0) {
            throw new InvalidValueException("range %s to %s runs backwards".formatted(first, last))
                    .about(first)
                    .suggesting("%s to %s".formatted(last, first));
        }
    }

    /**
     * @throws InvalidValueException when the first comes after the last, or they are of two families
     */
    public static AddressRange of(IpAddress first, IpAddress last) {
        return new AddressRange(first, last);
    }

    /** Whether the address is in this range; an address of the other family never is. */
    public boolean contains(IpAddress address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    @Override
    public String toString() {
        return first + "–" + last;
    }
}
