// A port has 16 bits.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Port VALUE = Port.of(«70_000»); //! port 70000 is outside 1..65535
    //= static final Port VALUE = Port.of(7_000);
}
