// More than 63 bits of bytes.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Memory VALUE = Memory.gibibytes(«8_589_934_592L»); //! memory of 8589934592 GiB is outside 1..8589934591
    //= static final Memory VALUE = Memory.gibibytes(8_589_934_591L);
}
