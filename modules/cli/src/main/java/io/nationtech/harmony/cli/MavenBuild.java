package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles a module's folder with Maven, first without the network, then with it. */
record MavenBuild(Path folder, InstantSource clock) {
    private static final String CLASSES = "target/classes";
    private static final String MODULE_PATH = "target/harmony.modulepath";
    private static final String SHORT_RUN =
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow";

    /** What Maven said. */
    private record Run(int status, List<String> output) {}

    /** Whether there is nothing to compile: no source is newer than what Maven last left. */
    boolean isUpToDate() {
        Path stamp = folder.resolve(MODULE_PATH);
        return Files.isRegularFile(stamp)
                && modulePath().stream()
                        .filter(entry -> entry.endsWith(CLASSES))
                        .map(classes -> classes.resolve("../..").normalize())
                        .allMatch(module -> new Sources(module).areOlderThan(stamp));
    }

    /** Compiles; what the module then consists of is in {@link #modulePath}. */
    MavenResult compile() {
        FileTime began = FileTime.from(clock.instant());
        Run offline = run(command("--offline"));
        boolean isFinal = offline.status() == 0 || MavenOutput.isCompileError(offline.output());
        Run last = isFinal ? offline : run(command("-ntp"));
        if (last.status() != 0) {
            return MavenOutput.why(folder, last.output());
        }
        stamp(began);
        return new MavenResult.Compiled();
    }

    /** Maven leaves the file as it is where its content would be the same; what is edited from now on is newer. */
    private void stamp(FileTime began) {
        try {
            Files.setLastModifiedTime(folder.resolve(MODULE_PATH), began);
        } catch (IOException e) {
            throw unsaid(e);
        }
    }

    private List<String> command(String network) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", network));
        ModuleSource.reactor(folder)
                .filter(root -> !root.equals(folder.toAbsolutePath()))
                .ifPresentOrElse(
                        root -> command.addAll(List.of(
                                "-f",
                                root.toString(),
                                "-pl",
                                root.relativize(folder.toAbsolutePath()).toString(),
                                "-am")),
                        () -> command.addAll(List.of("-f", folder.toString())));
        command.addAll(List.of(
                "process-classes",
                "dependency:build-classpath",
                "-Dmdep.includeScope=runtime",
                "-Dmdep.outputFile=" + MODULE_PATH));
        return command;
    }

    private Run run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putIfAbsent("MAVEN_OPTS", SHORT_RUN);
            Process maven = builder.start();
            maven.getOutputStream().close();
            try (BufferedReader said = maven.inputReader(StandardCharsets.UTF_8)) {
                List<String> output = said.lines().toList();
                return new Run(maven.waitFor(), output);
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.NO_MODULE,
                    new Cause(
                            "cannot run Maven to compile the module: " + e.getMessage(),
                            folder.toString(),
                            "install Maven (`apt install maven`), or deploy a modular jar"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.NO_MODULE, new Cause("interrupted while compiling", folder.toString(), "run it again"), e);
        }
    }

    /** Where the compiled module and what it needs are, the module first. */
    List<Path> modulePath() {
        try {
            String path = Files.readString(folder.resolve(MODULE_PATH)).strip();
            Stream<Path> needed = Stream.of(path.split(File.pathSeparator, -1))
                    .filter(entry -> !entry.isEmpty())
                    .map(Path::of);
            return Stream.concat(Stream.of(folder.resolve(CLASSES)), needed).toList();
        } catch (IOException e) {
            throw unsaid(e);
        }
    }

    private CommandFailedException unsaid(IOException e) {
        return new CommandFailedException(
                ExitCode.NO_MODULE,
                new Cause(
                        "Maven did not say what the module needs: " + e.getMessage(),
                        folder.toString(),
                        "run `mvn clean` there and try again"),
                e);
    }
}
