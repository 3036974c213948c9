// The standby takes over before the primary can count as lost.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final TakeOver VALUE = TakeOver.after(«Duration.ofSeconds(10)»); //! a take-over after PT10S is too early: a node counts as lost after PT20S, and that is seen up to PT5S later; did you mean PT50S?
    //= static final TakeOver VALUE = TakeOver.after(Duration.ofMinutes(1));
}
