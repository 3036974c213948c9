// From IPv4 to IPv6 (relation).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final IpAddress LOW = IpAddress.of("10.0.0.10");
    static final AddressRange RANGE = AddressRange.of(LOW, «IpAddress.of("2001:db8::7")»); //! range 10.0.0.10 to 2001:db8:0:0:0:0:0:7 mixes IPv4 and IPv6; both ends are of one family
    //= static final AddressRange RANGE = AddressRange.of(LOW, IpAddress.of("10.0.0.99"));
}
