// A label ends with a letter or digit.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName VALUE = ServiceName.of(«"web-"»); //! service 'web-' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'web'?
    //= static final ServiceName VALUE = ServiceName.of("web");
}
