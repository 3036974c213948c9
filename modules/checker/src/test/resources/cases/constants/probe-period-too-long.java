// A probe that asks twice a day.
import module io.nationtech.harmony.domain;
import module java.base;

class Case {
    static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), «Duration.ofHours(12)», Duration.ofSeconds(2)); //! probe period PT12H is outside PT1S..PT1H
    //= static final HttpProbe PROBE = new HttpProbe(Port.of(8080), HttpPath.of("/health"), Duration.ofHours(1), Duration.ofSeconds(2));
}
