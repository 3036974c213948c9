// A gateway at the address of the subnet itself.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final Object DHCP = DhcpSubnet.of(NAME, LAN, RANGE, «IpAddress.of("10.0.0.0")»); //! gateway 10.0.0.0 of 'lan' is the first or last address of subnet 10.0.0.0/24, which no machine can have
    //= static final Object DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER);
}
