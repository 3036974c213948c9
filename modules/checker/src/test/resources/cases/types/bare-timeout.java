// 30 of what? A duration has a unit.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final TakeOver AFTER = TakeOver.after(«30»); //! incompatible types: int cannot be converted to Duration
    //= static final TakeOver AFTER = TakeOver.after(Duration.ofSeconds(30));
}
