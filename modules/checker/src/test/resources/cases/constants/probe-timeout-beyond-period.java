// The answer may come after the next question.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final Duration PERIOD = Duration.ofSeconds(10);
    static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), PERIOD, «Duration.ofSeconds(30)»); //! probe timeout PT30S must be longer than zero and shorter than the period PT10S
    //= static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), PERIOD, Duration.ofSeconds(3));
}
