// Upper case in a name.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final FailureDomain VALUE = FailureDomain.of(«"Rack1"»); //! failure domain 'Rack1' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'rack1'?
    //= static final FailureDomain VALUE = FailureDomain.of("rack1");
}
