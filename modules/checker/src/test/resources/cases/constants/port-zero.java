// Port 0 is reserved (RFC 6335 §6); Kubernetes: IsValidPortNum.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Port VALUE = Port.of(«0»); //! port 0 is outside 1..65535
    //= static final Port VALUE = Port.of(80);
}
