// One element of many.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final List<Port> PORTS = List.of(Port.of(80), Port.of(«0»), Port.of(443)); //! port 0 is outside 1..65535
    //= static final List<Port> PORTS = List.of(Port.of(80), Port.of(8080), Port.of(443));
}
