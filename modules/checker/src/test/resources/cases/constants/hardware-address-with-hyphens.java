// As Windows writes it.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final MacAddress PRINTER = MacAddress.of(«"02-00-5E-10-00-01"»); //! '02-00-5E-10-00-01' is not a hardware address; write it as in 02:00:5e:10:00:01; did you mean 02:00:5e:10:00:01?
    //= static final MacAddress PRINTER = MacAddress.of("02:00:5e:10:00:01");
}
