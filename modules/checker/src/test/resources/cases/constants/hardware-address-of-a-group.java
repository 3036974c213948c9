// A multicast address is no machine's.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MacAddress PRINTER = MacAddress.of(«"01:00:5e:10:00:01"»); //! hardware address 01:00:5e:10:00:01 is a group's (its first octet is odd), not a machine's
    //= static final MacAddress PRINTER = MacAddress.of("02:00:5e:10:00:01");
}
