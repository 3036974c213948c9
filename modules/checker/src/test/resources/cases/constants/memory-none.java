// No memory at all.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Memory VALUE = Memory.mebibytes(«0»); //! memory of 0 MiB is outside 1..8796093022207
    //= static final Memory VALUE = Memory.mebibytes(64);
}
