// Upper case in a name: Kubernetes refuses it at admission.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName VALUE = ServiceName.of(«"MyApp"»); //! service 'MyApp' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'myapp'?
    //= static final ServiceName VALUE = ServiceName.of("myapp");
}
