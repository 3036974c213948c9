// A reservation outside the subnet (containment).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER);
    static final MacAddress PRINTER = MacAddress.of("02:00:5e:10:00:01");
    static final DhcpSubnet WITH = DHCP.keeping(«new StaticLease(PRINTER, IpAddress.of("10.0.1.9"))»); //! static lease of 02:00:5e:10:00:01: 10.0.1.9 is not within the subnet 10.0.0.0/24 of 'lan'
    //= static final DhcpSubnet WITH = DHCP.keeping(new StaticLease(PRINTER, IpAddress.of("10.0.0.9")));
}
