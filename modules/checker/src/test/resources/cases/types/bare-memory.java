// 64 of what? An amount has a unit.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Memory LIMIT = «64»; //! incompatible types: int cannot be converted to Memory
    //= static final Memory LIMIT = Memory.mebibytes(64);
}
