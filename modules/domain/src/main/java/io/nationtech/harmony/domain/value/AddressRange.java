package io.nationtech.harmony.domain.value;

import java.util.Arrays;

/** All addresses from one to another, both included. */
public record AddressRange(IpAddress first, IpAddress last) {
    public AddressRange {
        if (first.width() != last.width()) {
            throw new InvalidValueException(
                            "range %s to %s mixes IPv4 and IPv6; both ends are of one family".formatted(first, last))
                    .about(last);
        }
        if (compare(first, last) > 0) {
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
        return address.width() == first.width() && compare(first, address) <= 0 && compare(address, last) <= 0;
    }

    private static int compare(IpAddress one, IpAddress other) {
        return Arrays.compareUnsigned(
                one.address().getAddress(), other.address().getAddress());
    }

    @Override
    public String toString() {
        return first + "–" + last;
    }
}
