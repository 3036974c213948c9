// An empty name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName VALUE = ServiceName.of(«""»); //! service '' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit
    //= static final ServiceName VALUE = ServiceName.of("web");
}
