// A service is a DNS label (RFC 1123); Kubernetes: IsDNS1123Label.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final ServiceName VALUE = ServiceName.of(«"my_app"»); //! service 'my_app' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit; did you mean 'my-app'?
    //= static final ServiceName VALUE = ServiceName.of("my-app");
}
