package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountPathTest {
    @Test
    void takesAbsolutePaths() {
        for (String path :
                List.of("/data", "/var/lib/postgresql/data", "/a.b/_c-d", "/...", "/.config", "/development")) {
            assertEquals(path, MountPath.of(path).toString());
        }
    }

    @Test
    void refusesOthers() {
        for (String path : List.of(
                "", "/", "//", "/a//b", "/a/", "/a/.", "/a/..", "/a/../b", "/./a", "/a:b", "/a,b", "/a b", "/a\n",
                "/ü")) {
            Refusal.of(() -> MountPath.of(path), "'" + path + "'", "absolute");
        }
        Refusal.of(() -> MountPath.of("/" + "a".repeat(255)), "absolute");
    }

    @Test
    void suggestsTheAbsoluteOne() {
        Refusal.of(() -> MountPath.of("data/"), "did you mean '/data'?");
    }

    @Test
    void refusesWhatEveryContainerHas() {
        for (String path : List.of("/proc", "/sys/fs", "/dev/shm", "/run/secrets/key")) {
            Refusal.of(() -> MountPath.of(path), "'" + path + "'", "of its own");
        }
    }

    @Test
    void holdsWhatLiesInIt() {
        MountPath data = MountPath.of("/data");
        assertTrue(data.holds(data));
        assertTrue(data.holds(MountPath.of("/data/a")));
        assertFalse(data.holds(MountPath.of("/database")));
        assertFalse(MountPath.of("/data/a").holds(data));
    }
}
