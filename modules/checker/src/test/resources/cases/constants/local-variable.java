// A local variable that nothing changes is a constant.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    void declare() {
        int port = 65_536;
        Port.of(«port»); //! port 65536 is outside 1..65535
        //= Port.of(port - 1);
    }
}
