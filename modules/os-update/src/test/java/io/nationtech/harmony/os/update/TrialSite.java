package io.nationtech.harmony.os.update;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the nodes of a site know of each other: a network of loopback addresses, 127.60.0.0/24, and who says what there. */
final class TrialSite {
    static final SiteLimits LIMITS = new SiteLimits(
            Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofSeconds(1), 300_000);
    static final Upgrades.Site NOBODY = new Upgrades.Site(Neighbours.NONE, LIMITS);

    private final Map<String, InetSocketAddress> told = new ConcurrentSkipListMap<>();

    static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 60, 0, (byte) number});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody says so. */
    void tell(String name, InetSocketAddress place) {
        told.put(name, place);
    }

    Optional<InetSocketAddress> where(String name) {
        return Optional.ofNullable(told.get(name));
    }

    Upgrades.Site seenBy(int number) {
        return seenBy(number, LIMITS);
    }

    Upgrades.Site seenBy(int number, SiteLimits limits) {
        return new Upgrades.Site(new Seen("n" + number, address(number)), limits);
    }

    private final class Seen implements Neighbours {
        private final String self;
        private final InetAddress here;

        Seen(String self, InetAddress here) {
            this.self = self;
            this.here = here;
        }

        @Override
        public String self() {
            return self;
        }

        @Override
        public Optional<InetAddress> here() {
            return Optional.of(here);
        }

        @Override
        public boolean isNear(InetAddress other) {
            // Who does not choose an address comes from the first of the loopback's.
            return other.getHostAddress().startsWith("127.60.0.") || other.equals(InetAddress.getLoopbackAddress());
        }

        @Override
        public void announce(InetSocketAddress place) {
            told.put(self, place);
        }

        @Override
        public void withdraw() {
            told.remove(self);
        }

        @Override
        public List<Neighbour> others() {
            return told.entrySet().stream()
                    .map(one -> new Neighbour(one.getKey(), one.getValue()))
                    .toList();
        }
    }
}
