package io.nationtech.harmony.operator;

import io.nationtech.harmony.config.Config;
import io.nationtech.harmony.config.ConfigFile;
import io.nationtech.harmony.config.ConfigSources;
import io.nationtech.harmony.config.Prompt;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The deployments whose modules lie in a folder, as jars; what they need lies beside them, and the settings of {@code shop.jar} in
 * {@code shop.conf}. One that cannot be taken leaves the others alone.
 *
 * @param problems what cannot be taken, and why
 */
public record DeploymentFolder(List<LoadedModule> deployments, List<Cause> problems) {
    private static final String JAR = ".jar";
    private static final String CONF = ".conf";

    public DeploymentFolder {
        deployments = List.copyOf(deployments);
        problems = List.copyOf(problems);
    }

    /** Reads a folder and runs the code of the deployments in it. A folder that is not there has none. */
    public static DeploymentFolder read(Path folder) {
        List<LoadedModule> loaded = new ArrayList<>();
        List<Cause> problems = new ArrayList<>();
        for (Path file : files(folder, problems)) {
            try {
                if (declaresDeployment(file)) {
                    take(new ModuleLoader(file, List.of(folder)).load(settings(file)), loaded, problems);
                }
            } catch (ModuleRefusedException e) {
                problems.add(e.why());
            } catch (FindException e) {
                problems.add(new Cause(
                        "it is not a module: " + e.getMessage(),
                        file.toString(),
                        "put modular jars there, nothing else"));
            }
        }
        return new DeploymentFolder(loaded, problems);
    }

    private static SettingsSource settings(Path jar) {
        String name = jar.getFileName().toString();
        Path file = jar.resolveSibling(name.substring(0, name.length() - JAR.length()) + CONF);
        return new Config(new ConfigSources(System.getenv(), ConfigFile.at(file), List.of(), Prompt.nobody()))::of;
    }

    /** Whether a file says something of a deployment. */
    static boolean concerns(Path file) {
        return file.toString().endsWith(JAR) || file.toString().endsWith(CONF);
    }

    private static void take(LoadedModule module, List<LoadedModule> loaded, List<Cause> problems) {
        Map<DeploymentName, Path> taken = new HashMap<>();
        loaded.forEach(other -> taken.put(other.deployment().name(), other.own()));
        Path other = taken.get(module.deployment().name());
        if (other != null) {
            problems.add(new Cause(
                    "it declares deployment '%s', as %s does"
                            .formatted(module.deployment().name(), other.getFileName()),
                    module.own().toString(),
                    "leave one of them"));
            return;
        }
        module.unsound().ifPresentOrElse(problems::add, () -> loaded.add(module));
    }

    private static List<Path> files(Path folder, List<Cause> problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JAR)).sorted().toList();
        } catch (IOException e) {
            problems.add(
                    new Cause("the folder cannot be read: " + e, folder.toString(), "give the agent the right to"));
            return List.of();
        }
    }

    private static boolean declaresDeployment(Path file) {
        return ModuleFinder.of(file).findAll().stream()
                .map(ModuleReference::descriptor)
                .flatMap(descriptor -> descriptor.provides().stream())
                .anyMatch(provided -> provided.service().equals(DeploymentModule.class.getName()));
    }
}
