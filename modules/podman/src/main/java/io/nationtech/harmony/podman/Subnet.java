package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.ContainerName;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The IPv4 addresses of a network, as podman chose them.
 *
 * @param base the first, as a number
 * @param prefix bits that all have in common, 1 to 27
 */
record Subnet(int base, int prefix) {
    /** The network's own, its gateway's, and the last one, for all. */
    private static final int NOBODYS = 3;

    private static final int LEAST_ROOM = 27;
    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)/(\\d+)");

    /** Reads podman's text; empty where it is no IPv4 network that has room for a group. */
    static Optional<Subnet> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int base = 0;
        for (int part = 1; part <= 4; part++) {
            base = base << 8 | Integer.parseInt(form.group(part));
        }
        int prefix = Integer.parseInt(form.group(5));
        return prefix < 1 || prefix > LEAST_ROOM ? Optional.empty() : Optional.of(new Subnet(base, prefix));
    }

    /**
     * An address for each name, which follows from the name: whoever else comes or goes, it stays. Only where two names come to one address,
     * the later in the alphabet has the next.
     */
    Map<ContainerName, String> addresses(List<ContainerName> names) {
        int room = (1 << (Integer.SIZE - prefix)) - NOBODYS;
        Map<ContainerName, String> addresses = new TreeMap<>();
        Set<Integer> taken = new HashSet<>();
        for (ContainerName name : names.stream().sorted().toList()) {
            int place = Math.floorMod(name.value().hashCode(), room);
            while (!taken.add(place)) {
                place = (place + 1) % room;
            }
            addresses.put(name, text(base + 2 + place));
        }
        return addresses;
    }

    /** The node's own: what listens at all of its addresses is reached there. */
    String gateway() {
        return text(base + 1);
    }

    /**
     * The hardware address that goes with an address, locally administered (IEEE 802, U/L bit). Were it another one after each start, the others
     * would send to the old one for as long as their kernel takes it for confirmed: 15 to 45 s, arp(7).
     */
    static String hardwareAddress(String address) {
        return "02:68:"
                + Stream.of(address.split("\\."))
                        .map(part -> "%02x".formatted(Integer.parseInt(part)))
                        .collect(Collectors.joining(":"));
    }

    private static String text(int address) {
        byte[] parts = ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
        return "%d.%d.%d.%d".formatted(parts[0] & 0xff, parts[1] & 0xff, parts[2] & 0xff, parts[3] & 0xff);
    }
}
