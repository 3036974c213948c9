// More replicas than nodes one would want for them.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Replicas VALUE = Replicas.of(«1_001»); //! 1001 replicas are outside 1..1000
    //= static final Replicas VALUE = Replicas.of(1_000);
}
