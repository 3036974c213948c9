package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTest {

    @ParameterizedTest
    @CsvSource({"10, 30", "100, 300", "1, 5", "120, 300"})
    void threeQuestionsThatDoNotComeAreOneTooMany(long seconds, long allowed) {
        Silence silence = new Silence();
        long began = -7;
        silence.pinged(began);
        assertEquals(Duration.ofMinutes(5), silence.allowed(), "one says nothing of the next");

        silence.pinged(began + Duration.ofSeconds(seconds).toNanos());

        assertEquals(Duration.ofSeconds(allowed), silence.allowed());
    }
}
