// No replica: the service would not be.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Replicas VALUE = Replicas.of(«0»); //! 0 replicas are outside 1..5000
    //= static final Replicas VALUE = Replicas.of(1);
}
