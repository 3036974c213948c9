// A subnet of group addresses.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("224.0.0.100"), IpAddress.of("224.0.0.199"));
    static final AddressRange OWN = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final Object DHCP = DhcpSubnet.of(ServiceName.of("lan"), «Cidr.of("224.0.0.0/24")», RANGE, IpAddress.of("224.0.0.1")); //! subnet 224.0.0.0/24 of 'lan' is not a network for hosts: it is multicast, loopback or reserved
    //= static final Object DHCP = DhcpSubnet.of(ServiceName.of("lan"), Cidr.of("10.0.0.0/24"), OWN, IpAddress.of("10.0.0.1"));
}
