// Some machine is given the address of the router (containment).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, «IpAddress.of("10.0.0.100")»); //! gateway 10.0.0.100 of 'lan' is within the range 10.0.0.100–10.0.0.199, so that some machine would be given it
    //= static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, IpAddress.of("10.0.0.1"));
}
