// A negative port.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Port VALUE = Port.of(«-1»); //! port -1 is outside 1..65535
    //= static final Port VALUE = Port.of(1);
}
