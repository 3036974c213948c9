// A number with one digit too many.
import module io.nationtech.harmony.backup;
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Keep KEPT = Keep.days(7).weeks(«5200»); //! a retention of 5200 is outside 0..1000
    //= static final Keep KEPT = Keep.days(7).weeks(520);
}
