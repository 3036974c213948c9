// Copies that go as soon as they are made.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Keep KEPT = Keep.days(«0»); //! a retention that keeps nothing is no backup; keep at least one
    //= static final Keep KEPT = Keep.days(7);
}
