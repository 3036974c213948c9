package io.nationtech.harmony.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line as a process of its own, as a person runs it.
 *
 * @param folder where it keeps secrets and what is temporary, and where what it writes is noted
 * @param access variables that say how it is let into the mesh
 */
record CommandLineProcess(Path folder, String mesh, Map<String, String> access) {
    private static final String MAIN = "io.nationtech.harmony.cli/io.nationtech.harmony.cli.Harmony";

    /** Whom the mesh asks for nothing. */
    CommandLineProcess(Path folder, String mesh) {
        this(folder, mesh, Map.of());
    }

    /** What came of one command. */
    record Said(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "exit code %d%n%s%n%s".formatted(exitCode, out, err);
        }
    }

    /** What was said, where the command ended with that code. */
    static Said assertSaid(int exitCode, Said said) {
        assertEquals(exitCode, said.exitCode(), said::toString);
        return said;
    }

    /** A command that needs the mesh. */
    Said run(String... arguments) {
        return given(
                "",
                Stream.concat(Stream.of(arguments), Stream.of("--mesh", mesh)).toArray(String[]::new));
    }

    /** A command that reads something from its standard input. */
    Said given(String input, String... arguments) {
        try {
            Path out = Files.createTempFile(Files.createDirectories(folder.resolve("said")), "command", ".out");
            Path err = out.resolveSibling(out.getFileName() + ".err");
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .put("HARMONY_SECRETS", folder.resolve("secrets").toString());
            builder.environment().put("HARMONY_KEY", folder.resolve("own.key").toString());
            builder.environment().putAll(access);
            Process process = builder.start();
            try (var stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            }
            try {
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    throw new AssertionError("no end of " + List.of(arguments));
                }
            } finally {
                process.destroyForcibly();
            }
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> command(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "--module-path",
                modulePath(),
                "--module",
                MAIN));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command line as it was packaged, with the libraries that it comes with and no others. */
    private static String modulePath() throws IOException {
        Path target = Path.of(System.getProperty("harmony.project"), "modules/cli/target");
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("harmony-cli-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the command line is not packaged: " + target));
            return "%s:%s".formatted(target.resolve("modules"), jar);
        }
    }
}
