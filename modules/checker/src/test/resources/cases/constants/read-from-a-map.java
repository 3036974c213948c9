// Ports in a table.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Map<String, Integer> PORTS = Map.of("web", 8080, "api", 80_810);

    static final Port API = Port.of(«PORTS.get("api")»); //! port 80810 is outside 1..65535
    //= static final Port API = Port.of(PORTS.get("web"));
}
