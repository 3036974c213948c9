// Milliseconds where seconds were meant.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), «Duration.ofMillis(10)», Duration.ofMillis(5)); //! probe period PT0.01S is outside PT1S..PT1H
    //= static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), Duration.ofSeconds(10), Duration.ofSeconds(5));
}
