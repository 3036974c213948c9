package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    @Test
    void theVerdictCountsNotTheWarningsBeforeIt() {
        Finished finished = new Finished(125, "", """
                time="2026-11-25T07:26:58Z" level=warning msg="Failed, retrying in 1s ... (1/3)"

                time="2026-11-25T07:26:58Z" level=error msg="something \\"odd\\" happened"
                Error: cannot listen on the TCP port: listen tcp4 127.0.0.2:80: bind: address already in use
                """);

        assertEquals(
                "cannot listen on the TCP port: listen tcp4 127.0.0.2:80: bind: address already in use",
                finished.complaint());
    }

    @Test
    void withoutAVerdictTheFirstLineCountsAndWithoutAnyTheStatus() {
        assertEquals(
                "something \"odd\"",
                new Finished(1, "", "time=\"now\" level=error msg=\"something \\\"odd\\\"\"\nmore").complaint());
        assertEquals("exit status 7", new Finished(7, "", "\n").complaint());
    }

    @Test
    void aVeryLongComplaintIsCut() {
        assertTrue(
                new Finished(1, "", "Error: " + "x".repeat(100_000)).complaint().length() < 1_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            writing blob: storing blob to file: write /var/tmp/x: no space left on device | df -h
            listen tcp4 0.0.0.0:80: bind: address already in use | ss -ltnp
            reading manifest 9 in 127.0.0.1:5000/site: manifest unknown | no such image
            Get "https://r.example.org/v2/": dial tcp: lookup r.example.org: no such host | DNS
            Get "http://127.0.0.1:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused | does not answer
            `podman pull --quiet …` did not end within 600 s and was killed | does not answer
            http: server gave HTTP response to HTTPS client | registries.conf
            System has not been booted with systemd as init system (PID 1). Can't operate. | HARMONY_RUNTIME=podman
            Unit harmony-a.b.service not found. | podman-system-generator
            something never seen | podman ps -a
            """)
    void eachKindOfTroubleHasItsAdvice(String complaint, String advice) {
        Cause cause = Diagnosis.of("it failed", "here", new Finished(125, "", "Error: " + complaint + "\n"));

        assertEquals("it failed: " + complaint, cause.what());
        assertTrue(cause.next().contains(advice), cause.toString());
    }
}
