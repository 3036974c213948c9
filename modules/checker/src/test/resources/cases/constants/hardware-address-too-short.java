// Five octets.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MacAddress PRINTER = MacAddress.of(«"02:00:5e:10:00"»); //! '02:00:5e:10:00' is not a hardware address; write it as in 02:00:5e:10:00:01
    //= static final MacAddress PRINTER = MacAddress.of("02:00:5e:10:00:01");
}
