package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.node.HttpProbe;
import java.time.Duration;
import java.util.stream.Stream;

/** A smoke test gives up before the service was probed once, so that it fails while all is well. */
record SmokeTestTooShort() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.smokeTests().stream().flatMap(test -> switch (test) {
            case HttpSmokeTest http
            when http.patience().compareTo(firstAnswer(http.service().probe())) < 0 -> Stream.of(told(http));
            case HttpSmokeTest _ -> Stream.empty();
        });
    }

    private static Duration firstAnswer(HttpProbe probe) {
        return probe.period().plus(probe.timeout());
    }

    private static Finding told(HttpSmokeTest test) {
        return Finding.of(
                "the smoke test of service '%s' gives up after %s, and its health is known after %s at the earliest"
                        .formatted(
                                test.service().name(),
                                test.patience(),
                                firstAnswer(test.service().probe())),
                test.service().name());
    }
}
