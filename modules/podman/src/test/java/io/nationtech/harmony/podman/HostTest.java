package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostTest {

    @Test
    void podmansLimitsAreCutToWhatTheAgentItselfMay() {
        String own = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             1000                 1500                 processes
                Max open files            1024                 20000                files
                """;

        assertEquals(
                List.of("--ulimit", "nofile=20000:20000", "--ulimit", "nproc=1500:1500"),
                Host.limits(own).toList());
    }

    @Test
    void withoutALimitOfItsOwnPodmansStay() {
        String own = """
                Max processes             unlimited            unlimited            processes
                Max open files            1073741816           1073741816           files
                """;

        assertEquals(
                List.of("--ulimit", "nofile=1048576:1048576", "--ulimit", "nproc=4194304:4194304"),
                Host.limits(own).toList());
    }

    @Test
    void aProcessOfSomethingElseIsNotTakenForAContainer() {
        assertFalse(Host.isProcessOf(ProcessHandle.current().pid(), "0123456789abcdef"));
        assertFalse(Host.isProcessOf(Integer.MAX_VALUE, "/"));
        assertTrue(Host.isProcessOf(ProcessHandle.current().pid(), "/"), "the check itself works");
    }
}
