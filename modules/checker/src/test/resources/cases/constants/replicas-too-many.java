// More replicas than nodes one would want for them.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Replicas VALUE = Replicas.of(«5_001»); //! 5001 replicas are outside 1..5000
    //= static final Replicas VALUE = Replicas.of(5_000);
}
