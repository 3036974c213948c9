// The branch that a constant chooses.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final boolean TLS = true;
    static final Port PORT = Port.of(«TLS ? 443_000 : 80»); //! port 443000 is outside 1..65535
    //= static final Port PORT = Port.of(TLS ? 443 : 80);
}
