package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void processorsAreSharedWhereTheKernelsGroupsCan(@TempDir Path groups) throws IOException {
        assertFalse(Host.sharesCpu(groups));

        Files.writeString(groups.resolve("cgroup.controllers"), "cpuset io memory\n");
        assertFalse(Host.sharesCpu(groups), "cpuset is something else");
        Files.writeString(groups.resolve("cgroup.controllers"), "cpuset cpu io memory\n");
        assertTrue(Host.sharesCpu(groups), "version 2");

        Files.delete(groups.resolve("cgroup.controllers"));
        Files.createDirectory(groups.resolve("cpu"));
        Files.writeString(groups.resolve("cpu/cpu.shares"), "1024\n");
        assertTrue(Host.sharesCpu(groups), "version 1");
    }

    @Test
    void aProcessOfSomethingElseIsNotTakenForAContainer() {
        assertFalse(Host.isProcessOf(ProcessHandle.current().pid(), "0123456789abcdef"));
        assertFalse(Host.isProcessOf(Integer.MAX_VALUE, "/"));
        assertTrue(Host.isProcessOf(ProcessHandle.current().pid(), "/"), "the check itself works");
    }
}
