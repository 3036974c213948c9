// The range begins after its end (relation).
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final IpAddress LOW = IpAddress.of("10.0.0.10");
    static final IpAddress HIGH = IpAddress.of("10.0.0.99");
    static final AddressRange RANGE = AddressRange.of(«HIGH», LOW); //! range 10.0.0.99 to 10.0.0.10 runs backwards; did you mean 10.0.0.10 to 10.0.0.99?
    //= static final AddressRange RANGE = AddressRange.of(LOW, HIGH);
}
