// A factory of the JDK refuses an argument of ours.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final TakeOver VALUE = TakeOver.after(Duration.parse(«"1 minute"»)); //! Text cannot be parsed to a Duration
    //= static final TakeOver VALUE = TakeOver.after(Duration.parse("PT1M"));
}
