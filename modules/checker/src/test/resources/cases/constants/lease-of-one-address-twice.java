// Two machines are given one address (duplicate).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final DhcpSubnet DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER);
    static final MacAddress PRINTER = MacAddress.of("02:00:5e:10:00:01");
    static final MacAddress CAMERA = MacAddress.of("02:00:5e:10:00:02");
    static final StaticLease ONE = new StaticLease(PRINTER, IpAddress.of("10.0.0.9"));
    static final DhcpSubnet WITH = DHCP.keeping(ONE, «new StaticLease(CAMERA, IpAddress.of("10.0.0.9"))»); //! static lease of 02:00:5e:10:00:02: 10.0.0.9 is kept for 02:00:5e:10:00:01 as well, in 'lan'
    //= static final DhcpSubnet WITH = DHCP.keeping(ONE, new StaticLease(CAMERA, IpAddress.of("10.0.0.10")));
}
