// A negative amount.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Memory VALUE = Memory.gibibytes(«-1»); //! memory of -1 GiB is outside 1..8589934591
    //= static final Memory VALUE = Memory.gibibytes(1);
}
