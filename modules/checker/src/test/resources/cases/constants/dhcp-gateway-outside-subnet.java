// Nobody in the subnet reaches its gateway (containment).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, «IpAddress.of("10.0.1.1")»); //! gateway 10.0.1.1 of 'lan' is not within its subnet 10.0.0.0/24
    //= static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, IpAddress.of("10.0.0.1"));
}
