// A wrong constant that runs late.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Supplier<Port> PORT = () -> Port.of(«0»); //! port 0 is outside 1..65535
    //= static final Supplier<Port> PORT = () -> Port.of(1);
}
