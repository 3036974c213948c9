package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.driver.NodeContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A haproxy with its files. A configuration is tried before it takes the place of the one that serves; one that is refused changes nothing. */
record Proxy(Path program, ProxyFolder files, ProxyProcess process) {
    private static final Duration CHECK = Duration.ofSeconds(20);
    private static final Path UNITS = Path.of("/run/systemd/system");
    private static final String USER = "haproxy";

    /** As a node runs such things. */
    static Proxy of(NodeContext context, KindName kind, ProxyUnit.Purpose purpose, Path program) {
        Path folder = context.inMemory(kind);
        return isBySystemd(context)
                ? new Proxy(
                        program,
                        new ProxyFolder(folder, Optional.of(USER)),
                        new ProxyUnit(purpose, program, folder, UNITS))
                : byItself(folder, program);
    }

    /** One in the background. */
    static Proxy byItself(Path folder, Path program) {
        return new Proxy(program, new ProxyFolder(folder, Optional.empty()), new ProxyDaemon(program, folder));
    }

    /** Whether what the node runs is units of systemd. */
    static boolean isBySystemd(NodeContext context) {
        return context.settings().apply("runtime").filter("quadlet"::equals).isPresent();
    }

    /**
     * Has it serve by a configuration, whether or not it runs. What served before serves on unless all went well.
     *
     * @param lists what the configuration names, by file
     * @return why it does not
     */
    Optional<Cause> takeUp(String config, Map<Path, String> lists) throws IOException {
        boolean isRunning = process.isRunning();
        Path candidate = files.propose(config, lists);
        LocalPrograms.Result check =
                PROGRAMS.run(CHECK, List.of(program.toString(), "-c", "-q", "-f", candidate.toString()));
        if (!check.succeeded()) {
            return Optional.of(refused("haproxy refuses its configuration: " + check.output(), candidate));
        }
        Optional<byte[]> old = files.read(files.config());
        files.accept(candidate);
        Optional<String> failure = isRunning ? process.reload() : process.start();
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        if (old.isPresent()) {
            goBack(old.get(), isRunning);
        }
        return Optional.of(refused("haproxy does not take up its configuration: " + failure.get(), files.config()));
    }

    /** What can be served is served, also when the proxy had ended in between. */
    private void goBack(byte[] old, boolean isRunning) throws IOException {
        files.accept(files.propose(new String(old, StandardCharsets.UTF_8), Map.of()));
        if (!isRunning) {
            process.start();
        }
    }

    private static Cause refused(String what, Path where) {
        return new Cause(
                what,
                where.toString(),
                "when a port is in use, `ss -ltnp` names who has it; what was served before is served on");
    }

    /** Ends it and forgets its files. */
    void end() throws IOException {
        process.stop();
        files.clear();
    }

    /** Why its files cannot be written. */
    Cause unwritable(IOException e) {
        return new Cause(
                "the files of haproxy cannot be written: " + e,
                files.folder().toString(),
                "look whether there is room: `df -h %s`; what was served before is served on"
                        .formatted(files.folder()));
    }
}
