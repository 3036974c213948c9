// Addresses are no texts.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final AddressRange RANGE = AddressRange.of(«"10.0.0.1"», "10.0.0.9"); //! incompatible types: String cannot be converted to IpAddress
    //= static final AddressRange RANGE = AddressRange.of(IpAddress.of("10.0.0.1"), IpAddress.of("10.0.0.9"));
}
