// A choice that depends on another constant.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final int SITES = 3;

    static final Replicas COUNT = Replicas.of(«SITES > 2 && SITES != 4 ? 0 : 2»); //! 0 replicas are outside 1..5000
    //= static final Replicas COUNT = Replicas.of(SITES > 2 && SITES != 4 ? 3 : 2);
}
