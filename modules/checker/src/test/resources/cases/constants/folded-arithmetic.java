// The sum is wrong, not its parts.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final int BASE = 60_000;
    static final Port PORT = Port.of(«BASE + 6_000»); //! port 66000 is outside 1..65535
    //= static final Port PORT = Port.of(BASE + 600);
}
