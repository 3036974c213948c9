package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.IpAddress;
import java.util.List;
import java.util.Optional;

/** How a node gets its address: that of the Wi-Fi where there is one, else of the cable. */
public sealed interface Network {

    /** Servers of names, beside those that the network itself tells; often none. */
    List<IpAddress> dns();

    /** The network tells (DHCP, IPv6 router advertisements). */
    record Automatic(List<IpAddress> dns) implements Network {
        public Automatic {
            dns = List.copyOf(dns);
        }
    }

    /** Always this one. */
    record Fixed(InterfaceAddress address, Optional<IpAddress> gateway, List<IpAddress> dns) implements Network {
        public Fixed {
            dns = List.copyOf(dns);
        }
    }
}
