// A table of services in records of one's own.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    record Listing(String name, int port) {}

    static final List<Listing> ALL = List.of(new Listing("web", 8080), new Listing("api", 80_810));

    static final Port API = Port.of(«ALL.get(1).port()»); //! port 80810 is outside 1..65535
    //= static final Port API = Port.of(ALL.get(0).port());
}
