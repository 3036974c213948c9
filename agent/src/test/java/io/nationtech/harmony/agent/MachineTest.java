package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.value.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
    @TempDir
    private Path root;

    @Test
    void tellsItsSystemAndMemory() throws IOException {
        file("etc/os-release", "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nID=debian\n");
        file("proc/meminfo", "MemTotal:        2048 kB\nMemFree:          100 kB\n");

        assertEquals("Debian GNU/Linux 13 (trixie)", machine().operatingSystem());
        assertEquals(Memory.mebibytes(2), machine().memory());
    }

    @Test
    void anImmutableSystemsOwnReleaseFileWillDo() throws IOException {
        file("usr/lib/os-release", "PRETTY_NAME='Harmony'\n");

        assertEquals("Harmony", machine().operatingSystem());
    }

    @Test
    void onlyHarmonysOwnImageIsExchangedAsAWhole() throws IOException {
        file("usr/lib/os-release", "ID=debian\nIMAGE_ID=\"harmony\"\nIMAGE_VERSION=\"202611302100\"\n");
        assertEquals(Optional.of(SystemVersion.of("202611302100")), machine().system());

        file("usr/lib/os-release", "ID=debian\nIMAGE_ID=incus\nIMAGE_VERSION=202611302100\n");
        assertEquals(Optional.empty(), machine().system());
        file("usr/lib/os-release", "ID=debian\nIMAGE_ID=harmony\nIMAGE_VERSION=latest\n");
        assertEquals(Optional.empty(), machine().system());
    }

    @Test
    void whatIsNotThereIsUnknown() {
        assertEquals("unknown", machine().operatingSystem());
        assertEquals(Memory.ofBytes(1), machine().memory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MemTotal: many kB", "MemTotal: 0 kB", "MemTotal: 99999999999999999999 kB", "MemTotal: -5 kB", ""
            })
    void memoryThatCannotBeReadIsUnknown(String content) throws IOException {
        file("proc/meminfo", content);

        assertEquals(Memory.ofBytes(1), machine().memory());
    }

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Machine machine() {
        return new Machine(new Given(Map.of(), root), Architecture.AMD64, 2, "1");
    }
}
