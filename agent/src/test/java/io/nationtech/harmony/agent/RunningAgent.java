package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.NodeId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An agent in a process of its own, and what it writes, with the time at which that arrived here. */
final class RunningAgent implements AutoCloseable {
    private final long started = System.nanoTime();
    private final List<Line> written = new ArrayList<>();
    private final Process process;

    /** @param after since just before the process was started */
    record Line(Duration after, String text) {}

    /** The agent of this build, as the words that start it. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=io.nationtech.harmony.systemd",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "io.nationtech.harmony.agent/io.nationtech.harmony.agent.Agent");
    }

    /**
     * The agent of a node of the site, which runs containers by podman.
     *
     * @param address of its machine, at which containers are reached
     * @param state its folder
     * @param more settings
     */
    static RunningAgent onPodman(Site site, NodeId node, String address, Path state, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("HARMONY_MESH", site.url());
        settings.put("HARMONY_NODE", node.value());
        settings.put("HARMONY_ADDRESS", address);
        settings.put("HARMONY_PUBLISH", address);
        settings.put("HARMONY_RUNTIME", "podman");
        settings.put("HARMONY_STATE", state.toString());
        return new RunningAgent(command(), settings);
    }

    RunningAgent(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("read-agent").start(this::read);
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(new Line(Duration.ofNanos(System.nanoTime() - started), line));
            }
        } catch (IOException e) {
            add(new Line(Duration.ofNanos(System.nanoTime() - started), "cannot read on: " + e.getMessage()));
        }
    }

    private synchronized void add(Line line) {
        written.add(line);
        notifyAll();
    }

    /** Waits for a line; fails after 30 s with all that was written. */
    synchronized Line await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Predicate<Line> wanted = line -> line.text().contains(text);
        while (written.stream().noneMatch(wanted)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("the agent never wrote '%s', but%n%s".formatted(text, output()));
            }
            wait(left);
        }
        return written.stream().filter(wanted).findFirst().orElseThrow();
    }

    synchronized String output() {
        return String.join("\n", written.stream().map(Line::text).toList());
    }

    /** Waits until the process is that old; fails when it ended before. */
    void awaitAge(Duration age) throws InterruptedException {
        long left = age.toNanos() - (System.nanoTime() - started);
        if (process.waitFor(left, TimeUnit.NANOSECONDS)) {
            throw new AssertionError("the agent ended by itself, it wrote%n%s".formatted(output()));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** A figure in KiB from a file of /proc/PID, as in {@code VmRSS: 1234 kB}. */
    long kibibytes(String file, String name) throws IOException {
        Path path = Path.of("/proc", Long.toString(process.pid()), file);
        Matcher matcher = Pattern.compile("^" + name + ":\\s+([0-9]+) kB", Pattern.MULTILINE)
                .matcher(Files.readString(path));
        if (!matcher.find()) {
            throw new IOException("no %s in %s".formatted(name, path));
        }
        return Long.parseLong(matcher.group(1));
    }

    /** As a power cut would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As systemd does; returns the exit code. */
    int terminate(Duration timeout) throws InterruptedException {
        process.toHandle().destroy(); // Process.destroy would close what it writes on its way out
        return exitCode(timeout);
    }

    int exitCode(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the agent did not end within %s, it wrote%n%s".formatted(timeout, output()));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
