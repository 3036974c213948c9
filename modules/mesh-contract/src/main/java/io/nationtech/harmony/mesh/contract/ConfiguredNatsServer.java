package io.nationtech.harmony.mesh.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real nats-server by a configuration that somebody wrote, {@code nats.conf} in a folder that stays theirs. */
public final class ConfiguredNatsServer implements AutoCloseable {
    private final List<String> command;
    private final Path folder;
    private final InetSocketAddress at;
    private final Map<String, String> environment;
    private Process process;

    private ConfiguredNatsServer(
            List<String> command, Path folder, InetSocketAddress at, Map<String, String> environment) {
        this.command = command;
        this.folder = folder;
        this.at = at;
        this.environment = environment;
        this.process = launch();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param port of the loopback address, which the configuration names
     */
    public static ConfiguredNatsServer start(String program, Path folder, int port) {
        return start(List.of(program), folder, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Map.of());
    }

    /**
     * The same at another address, or in another network.
     *
     * @param command the program, which may come after others that become it
     * @param at which the configuration names
     * @param environment beside this process's own
     */
    public static ConfiguredNatsServer start(
            List<String> command, Path folder, InetSocketAddress at, Map<String, String> environment) {
        ConfiguredNatsServer server = new ConfiguredNatsServer(command, folder, at, environment);
        server.awaitListening();
        return server;
    }

    /** Where it listens, with TLS. */
    public String url() {
        return "tls://%s:%d".formatted(at.getAddress().getHostAddress(), at.getPort());
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again, by what the folder says now. */
    public void restart() {
        process = launch();
        awaitListening();
    }

    private Process launch() {
        try {
            List<String> whole = Stream.concat(command.stream(), Stream.of("-c", "nats.conf"))
                    .toList();
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private void awaitListening() {
        Listening.await(process, at, log());
    }

    @Override
    public void close() {
        kill();
    }
}
