package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Owned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static final Owned DB = new Owned(DeploymentName.of("shop"), ResourceId.parse("container/db"));
    private static final Exit FAILED = new Exit(1, Instant.parse("2026-11-28T10:00:00Z"));

    private final Complaints complaints = new Complaints();

    @Test
    void whatLacksAPrivilegeIsToldWhichLineToWrite() {
        assertSays(
                "Privilege.START_AS_ROOT",
                "chmod: changing permissions of '/var/lib/postgresql/data': Operation not permitted");
        assertSays(
                "Privilege.WRITABLE_ROOT",
                "nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file system)");
        assertSays("Privilege.START_AS_ROOT", "mkdir: can't create directory '/data/db': Permission denied");
    }

    private static void assertSays(String what, String line) {
        String said = new Complaints()
                .of(DB, FAILED, () -> List.of("starting", line, "bye"))
                .orElseThrow();
        assertTrue(said.contains(what), said);
        assertTrue(!said.contains("starting") && !said.contains("/"), "no word of the log itself: " + said);
    }

    @Test
    void theNewestComplaintCounts() {
        String said = complaints
                .of(DB, FAILED, () -> List.of("read-only file system", "operation not permitted"))
                .orElseThrow();

        assertTrue(said.contains("Privilege.START_AS_ROOT"), said);
    }

    @Test
    void aLogIsReadOnceForEachEnd() {
        AtomicInteger read = new AtomicInteger();
        for (Exit exit : List.of(FAILED, FAILED, new Exit(1, FAILED.at().plusSeconds(5)))) {
            complaints.of(DB, exit, () -> {
                read.incrementAndGet();
                return List.of("read-only file system");
            });
        }

        assertEquals(2, read.get());
    }

    @Test
    void whatEndedWellOrSaysNothingKnownOrCannotBeReadHasNoComplaint() {
        Exit well = new Exit(0, FAILED.at());
        assertEquals(Optional.empty(), complaints.of(DB, well, () -> List.of("read-only file system")));
        assertEquals(Optional.empty(), complaints.of(DB, FAILED, () -> List.of("out of cheese")));
        complaints.forget(DB);
        assertEquals(Optional.empty(), complaints.of(DB, FAILED, () -> {
            throw new RuntimeUnavailableException(new Cause("busy", "podman", "try again"));
        }));
    }
}
