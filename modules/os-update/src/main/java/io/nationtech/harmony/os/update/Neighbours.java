package io.nationtech.harmony.os.update;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The other nodes of the site, which may have files of releases already. Nothing that they say or give is believed. Safe for use by several threads. */
public interface Neighbours {
    /** There are none. */
    Neighbours NONE = new Neighbours() {
        @Override
        public String self() {
            return "";
        }

        @Override
        public Optional<InetAddress> here() {
            return Optional.empty();
        }

        @Override
        public boolean isNear(InetAddress other) {
            return false;
        }

        @Override
        public void announce(InetSocketAddress place) {
            throw new IllegalStateException("nobody is near");
        }

        @Override
        public void withdraw() {
            // Nobody was told.
        }

        @Override
        public List<Neighbour> others() {
            return List.of();
        }
    };

    /** One that says that it has something. */
    record Neighbour(String name, InetSocketAddress place) {}

    /** The name of this node, which no other has. */
    String self();

    /** An address of this node that only the site reaches; empty where it has none, and so asks nobody and gives nothing. */
    Optional<InetAddress> here();

    /** Whether that is an address of the site. */
    boolean isNear(InetAddress other);

    /** Tells the others where this node gives files away, and goes on telling until it is withdrawn. Returns at once. */
    void announce(InetSocketAddress place);

    /** It gives nothing any more. */
    void withdraw();

    /** Those that say that they give, as far as that is known now. */
    List<Neighbour> others();
}
