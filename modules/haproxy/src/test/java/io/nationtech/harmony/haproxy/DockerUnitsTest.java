package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units, by what of systemd there is without a machine that it runs. */
class DockerUnitsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Path PODMAN = Path.of("/usr/bin/podman");
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");

    @TempDir
    private Path folder;

    private final List<Process> begun = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : begun) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor();
        }
    }

    @Test
    void systemdUnderstandsAllOfThem() throws IOException {
        List<String> words = new ArrayList<>(List.of("systemd-analyze", "verify"));
        for (var file : new DockerUnits(PODMAN, HAPROXY, folder, folder).files().entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
            if (!file.getKey().toString().endsWith(".cfg")) {
                words.add(file.getKey().toString());
            }
        }

        assertEquals(new LocalPrograms.Result(0, ""), PROGRAMS.run(LONG, words));
    }

    /** systemd-socket-activate(1) gives a program its socket as a unit's is given it; what listens again has the same one. */
    @Test
    void bothAnswerByTheSocketsThatTheyAreGiven() throws Exception {
        Path control = folder.resolve("control.sock");
        Path listing = folder.resolve("listing.sock");
        Path config = Files.writeString(folder.resolve("filter.cfg"), DockerFilter.config("fd@3", control));
        activate(control, PODMAN.toString(), "system", "service", "--time=60");
        activate(listing, HAPROXY.toString(), "-Ws", "-f", config.toString());

        Eventually.holds("an answer of podman", () -> ping(control));
        Eventually.holds("an answer through the filter", () -> ping(listing));
        assertTrue(new CommandSocket(listing)
                .ask("POST /containers/create HTTP/1.0\r\n\r", LONG)
                .orElse("none")
                .contains(" 403 "));
    }

    private void activate(Path socket, String... words) throws IOException {
        begun.add(new ProcessBuilder(
                        Stream.concat(Stream.of("systemd-socket-activate", "--listen=" + socket), Stream.of(words))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start());
    }

    private static boolean ping(Path socket) {
        return new CommandSocket(socket)
                .ask("GET /_ping HTTP/1.0\r\n\r", Duration.ofSeconds(5))
                .filter(answer -> answer.contains(" 200 "))
                .isPresent();
    }
}
