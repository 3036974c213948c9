package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ports that follow one another, as media and games use them: 2 to 100, since each is forwarded by itself.
 *
 * @param first the lowest
 * @param last the highest, of the range too
 */
public record PortRange(Port first, Port last, Protocol protocol) {
    private static final int MOST = 100;

    public PortRange {
        if (last.number() <= first.number()) {
            throw new InvalidValueException("a range of ports from %s to %s has no second port".formatted(first, last))
                    .about(last);
        }
        int count = last.number() - first.number() + 1;
        if (count > MOST) {
            throw new InvalidValueException(
                            "a range of ports from %s to %s has %d of them, and may have %d; most programs can be told to use fewer"
                                    .formatted(first, last, count, MOST))
                    .about(last);
        }
    }

    /** TCP ports. */
    public static PortRange tcp(Port first, Port last) {
        return new PortRange(first, last, Protocol.TCP);
    }

    /** UDP ports. */
    public static PortRange udp(Port first, Port last) {
        return new PortRange(first, last, Protocol.UDP);
    }

    /** Each of them, the same at the node. */
    public List<PublishedPort> ports() {
        return IntStream.rangeClosed(first.number(), last.number())
                .mapToObj(Port::of)
                .map(port -> new PublishedPort(port, port, protocol, PortReach.DEFAULT))
                .toList();
    }
}
