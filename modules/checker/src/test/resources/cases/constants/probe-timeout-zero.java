// No time for any answer.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), Duration.ofSeconds(10), «Duration.ZERO»); //! probe timeout PT0S must be longer than zero and shorter than the period PT10S
    //= static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), Duration.ofSeconds(10), Duration.ofSeconds(1));
}
