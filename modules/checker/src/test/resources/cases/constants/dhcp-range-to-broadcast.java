// A range up to the address that sends to all.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final AddressRange ALL = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.255"));
    static final Object DHCP = DhcpSubnet.of(NAME, LAN, «ALL», ROUTER); //! DHCP range 10.0.0.100–10.0.0.255 of 'lan' includes the first or last address of subnet 10.0.0.0/24, which no machine can have
    //= static final Object DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER);
}
