// A machine at the address that sends to all.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName NAME = ServiceName.of("lan");
    static final Cidr LAN = Cidr.of("10.0.0.0/24");
    static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.100"), IpAddress.of("10.0.0.199"));
    static final IpAddress ROUTER = IpAddress.of("10.0.0.1");
    static final Object DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER).keeping(«new StaticLease(MacAddress.of("02:00:5e:10:00:01"), IpAddress.of("10.0.0.255"))»); //! static lease of 02:00:5e:10:00:01: 10.0.0.255 is the first or last of subnet 10.0.0.0/24 of 'lan', which no machine can have
    //= static final Object DHCP = DhcpSubnet.of(NAME, LAN, RANGE, ROUTER).keeping(new StaticLease(MacAddress.of("02:00:5e:10:00:01"), IpAddress.of("10.0.0.50")));
}
