// The range does not lie in its subnet (containment).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.1.100"), IpAddress.of("10.0.1.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, «RANGE», ROUTER); //! DHCP range 10.0.1.100–10.0.1.199 of 'lan' is not within its subnet 10.0.0.0/24
    //= static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, Cidr.of("10.0.0.0/23"), RANGE, ROUTER);
}
