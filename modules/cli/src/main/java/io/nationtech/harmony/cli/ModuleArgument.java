package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.operator.ModuleLoader;
import io.nationtech.harmony.operator.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The deployment module that a command is about. */
final class ModuleArgument {
    @Parameters(
            paramLabel = "<module>",
            description =
                    "the deployment module: a Maven module's folder (or its name under modules/), which is compiled"
                            + " first, or a modular jar")
    private String module = "";

    /** Compiles, loads and checks; asks nothing of the mesh. */
    LoadedModule load(SettingsSource settings, Terminal terminal) {
        return load(source(), settings, terminal);
    }

    /** Where the module is. */
    ModuleSource source() {
        return find(module);
    }

    static ModuleSource find(String module) {
        return ModuleSource.find(module, Path.of("").toAbsolutePath());
    }

    static LoadedModule load(ModuleSource source, SettingsSource settings, Terminal terminal) {
        return sound(loader(source, terminal).load(settings), terminal);
    }

    /**
     * The module, for those who act on its deployment; tells what is allowed against a rule, and what breaks one.
     *
     * @throws CommandFailedException when a rule does not hold
     */
    static LoadedModule sound(LoadedModule loaded, Terminal terminal) {
        loaded.report().allowed().forEach(allowed -> terminal.say(allowed.toString()));
        loaded.report().violations().forEach(violation -> terminal.say(violation.toString()));
        loaded.unsound().ifPresent(cause -> {
            throw new CommandFailedException(ExitCode.NO_MODULE, cause);
        });
        return loaded;
    }

    /** The same, also when a rule does not hold. */
    LoadedModule checked(SettingsSource settings, Terminal terminal) {
        return loader(source(), terminal).load(settings);
    }

    /** The same, with the module's own example of settings. */
    LoadedModule example(Terminal terminal) {
        return loader(source(), terminal).loadExample();
    }

    private static ModuleLoader loader(ModuleSource source, Terminal terminal) {
        return switch (source) {
            case ModuleSource.Jar(Path jar) ->
                new ModuleLoader(jar, List.of(jar.toAbsolutePath().getParent()));
            case ModuleSource.Folder(Path folder) -> {
                List<Path> path = compile(folder, terminal);
                yield new ModuleLoader(path.getFirst(), path.subList(1, path.size()));
            }
        };
    }

    private static List<Path> compile(Path folder, Terminal terminal) {
        MavenBuild maven = new MavenBuild(folder, terminal.clock());
        if (maven.isUpToDate()) {
            return maven.modulePath();
        }
        terminal.err().print("Compiling %s … ".formatted(folder.getFileName()));
        terminal.err().flush();
        Instant began = terminal.clock().instant();
        MavenResult result = maven.compile();
        String took = Elapsed.of(Duration.between(began, terminal.clock().instant()));
        return switch (result) {
            case MavenResult.Compiled() -> {
                terminal.say(took);
                yield maven.modulePath();
            }
            case MavenResult.Refused(List<String> details, Cause cause) -> {
                terminal.say("failed");
                details.forEach(line -> terminal.say("    " + line));
                throw new CommandFailedException(ExitCode.NO_MODULE, cause);
            }
        };
    }
}
