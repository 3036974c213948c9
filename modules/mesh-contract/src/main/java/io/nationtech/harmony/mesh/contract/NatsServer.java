package io.nationtech.harmony.mesh.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nats-server on a loopback port, with JetStream in a folder of its own; it can be killed and started again. */
public final class NatsServer implements AutoCloseable {
    /** The newest that is supported, on the PATH. */
    public static final String NEWEST = "nats-server";

    /** The oldest that is supported: Debian trixie's, as the tools tree keeps it. */
    public static final String OLDEST = "/opt/nats-oldest/usr/sbin/nats-server";

    private static final String JETSTREAM =
            "jetstream { store_dir: \"%s\", sync_interval: always }\nping_interval: \"10s\"\nping_max: 1";

    /** Without one, a server tells who is connected, but not who was. Whoever comes is let in, and is of this account. */
    public static final String ACCOUNT =
            "accounts { FLEET { jetstream: enabled, users: [{ user: anybody, password: anybody }] } }\nno_auth_user: anybody\n";

    private final String program;
    private final Path folder;
    private final int port;
    private final String base;
    private String more;
    private Process process;

    /**
     * @param base of its configuration, which stays
     * @param more which can be exchanged; in both, %s stands for the folder of what it keeps
     */
    private NatsServer(String program, Path folder, int port, String base, String more) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.base = base.replace("%s", folder.resolve("store").toString());
        this.more = more;
        this.process = launch();
    }

    /** Starts the newest with JetStream, every write synced to disk, and an account of which everybody is. */
    public static NatsServer start() {
        return startWith(NEWEST, JETSTREAM + "\n" + ACCOUNT, "");
    }

    /** Starts one with JetStream and more configuration. */
    public static NatsServer start(String program, String moreConfiguration) {
        return startWith(program, JETSTREAM, moreConfiguration);
    }

    /** Starts the newest so that a stream may have any number of consumers, of which it stops at a thousand otherwise (2.15). */
    public static NatsServer startForManyConsumers() {
        return startWith(NEWEST, JETSTREAM.replace(" }", ", limits { default_max_consumers: 1000000 } }"), "");
    }

    /** Starts one that keeps nothing. */
    public static NatsServer startWithoutJetStream() {
        return startWith(NEWEST, "", "");
    }

    private static NatsServer startWith(String program, String base, String more) {
        try {
            Path folder = Files.createTempDirectory("nats");
            NatsServer server =
                    new NatsServer(program, folder, FreePort.at(InetAddress.getLoopbackAddress()), base, more);
            server.awaitListening();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Where its configuration, its log and all that it keeps are. */
    public Path folder() {
        return folder;
    }

    /** Ends it as a power cut would; what it keeps is still there. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again on the same port, with what it kept. */
    public void restart() {
        process = launch();
        awaitListening();
    }

    /** Starts it again with other configuration beside that of JetStream and account. */
    public void restartWith(String moreConfiguration) {
        more = moreConfiguration;
        restart();
    }

    /** Lets it read other configuration beside that while it runs; its log tells when it did. */
    public void reloadWith(String moreConfiguration) {
        more = moreConfiguration;
        writeConfiguration();
        signal("-HUP");
        Eventually.holds(
                "nats-server reloads, log in " + folder,
                () -> Listening.said(log()).contains("Reloaded server configuration"));
    }

    /** Stops it where it is: its connections stay, and it says nothing. */
    public void freeze() {
        signal("-STOP");
        // Each of its threads stops by itself, once it has the processor.
        Eventually.holds("nats-server stands still", this::standsStill);
    }

    /** The state of each thread follows its name, in brackets (proc_pid_stat(5)). */
    private boolean standsStill() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(process.pid())))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String which) {
        try {
            new ProcessBuilder("kill", which, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        Path config = writeConfiguration();
        try {
            return new ProcessBuilder(List.of(program, "-c", config.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot start %s; the tools tree has it: run the tests with `make test`".formatted(program), e);
        }
    }

    private Path writeConfiguration() {
        try {
            return Files.writeString(
                    folder.resolve("nats.conf"),
                    "listen: 127.0.0.1:%d%n%s%n%s%n"
                            .formatted(
                                    port,
                                    base,
                                    more.replace("%s", folder.resolve("store").toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        Listening.await(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), log());
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** Waits for the server to end by itself; returns whether it did. */
    public boolean ends(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }
}
