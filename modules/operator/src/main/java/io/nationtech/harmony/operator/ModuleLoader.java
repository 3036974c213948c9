package io.nationtech.harmony.operator;

import io.nationtech.harmony.config.ConfigException;
import io.nationtech.harmony.config.ConfiguredDeployment;
import io.nationtech.harmony.config.SchemaException;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.rules.GraphCheck;
import io.nationtech.harmony.rules.ModuleFiles;
import io.nationtech.harmony.rules.Places;
import io.nationtech.harmony.rules.RefusedException;
import io.nationtech.harmony.rules.Stamp;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * Loads a deployment module into a layer above the boot layer, so that its domain types are the host's own.
 *
 * @param own where the module is: a folder of classes, or a jar
 * @param needs where the modules are that it needs beyond those of the host
 */
public record ModuleLoader(Path own, List<Path> needs) {

    /**
     * The deployment that the module declares, and what the rules say of it.
     *
     * @param settings asked only by a {@link ConfiguredDeployment}
     * @throws ModuleRefusedException when the module was not checked when it was compiled, there is not exactly one deployment, or
     *     it cannot be made, as when its settings are not complete
     */
    public LoadedModule load(SettingsSource settings) {
        return make(module -> module instanceof ConfiguredDeployment<?> configured
                ? configured(configured, settings)
                : module.deployment());
    }

    /**
     * The same, with the settings that the module gives as an example.
     *
     * @throws ModuleRefusedException as {@link #load(SettingsSource)} does
     */
    public LoadedModule loadExample() {
        return make(DeploymentModule::deployment);
    }

    @SuppressWarnings("unchecked") // the class of an S is a Class of S
    private static <S extends Record> Deployment<?> configured(ConfiguredDeployment<S> module, SettingsSource source) {
        return module.deployment(source.read((Class<S>) module.example().getClass()));
    }

    private LoadedModule make(Function<DeploymentModule, Deployment<?>> how) {
        try {
            String name = descriptor().name();
            Configuration configuration = ModuleLayer.boot()
                    .configuration()
                    .resolve(ModuleFinder.of(own), ModuleFinder.of(needs.toArray(Path[]::new)), Set.of(name));
            ModuleLayer layer = ModuleLayer.boot()
                    .defineModulesWithOneLoader(configuration, getClass().getClassLoader());
            ServiceLoader.Provider<DeploymentModule> provider = theOne(layer, name);
            ModuleFiles files = ModuleFiles.of(own);
            requireChecked(files);
            DeploymentModule module = provider.get();
            Deployment<?> deployment = how.apply(module);
            Places places = Places.in(files, module.getClass());
            return new LoadedModule(
                    deployment,
                    GraphCheck.check(deployment, module.getClass(), places),
                    places,
                    own,
                    module.getClass().getModule());
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage(), "compile it again", e);
        } catch (ModuleRefusedException e) {
            throw e;
        } catch (RefusedException e) {
            throw refused("cannot be checked: " + e.getMessage(), "correct it, or leave that module out", e);
        } catch (FindException | ResolutionException e) {
            throw refused(
                    "cannot be loaded: " + e.getMessage(),
                    "check the `requires` of its module-info.java; what a jar needs lies beside it",
                    e);
        } catch (ConfigException e) {
            throw refused(
                    "lacks settings: " + e.getMessage(),
                    "correct them; `harmony config explain` shows where each comes from",
                    e);
        } catch (SchemaException e) {
            throw refused("has settings that cannot be read: " + e.getMessage(), "correct the record", e);
        } catch (InvalidValueException e) {
            throw refused("declares what cannot be: " + e.getMessage(), "correct it" + at(e), e);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw refused(
                    "cannot be loaded: " + e.getMessage(),
                    "its provider is a public class with a public constructor without parameters; compile it against"
                            + " this version of Harmony",
                    e);
        } catch (RuntimeException e) {
            throw refused("fails while making its deployment: " + e, "correct it" + at(e), e);
        }
    }

    private void requireChecked(ModuleFiles files) {
        Stamp.missing(files, own.toString(), version()).ifPresent(missing -> {
            throw new ModuleRefusedException(missing);
        });
    }

    private static String version() {
        return ModuleLoader.class.getModule().getDescriptor().rawVersion().orElse("unknown");
    }

    private ModuleDescriptor descriptor() {
        List<ModuleDescriptor> found = ModuleFinder.of(own).findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(descriptor -> !descriptor.isAutomatic())
                .toList();
        if (found.size() != 1) {
            throw refused(
                    "is no Java module", "add a module-info.java that `provides DeploymentModule`, and compile it");
        }
        return found.getFirst();
    }

    private ServiceLoader.Provider<DeploymentModule> theOne(ModuleLayer layer, String name) {
        Module module = layer.findModule(name).orElseThrow();
        List<ServiceLoader.Provider<DeploymentModule>> provided =
                ServiceLoader.load(layer, DeploymentModule.class).stream()
                        .filter(provider -> provider.type().getModule().equals(module))
                        .toList();
        return switch (provided.size()) {
            case 0 ->
                throw refused(
                        "provides no deployment",
                        "add to the module-info.java of %s: `provides DeploymentModule with …;`".formatted(name));
            case 1 -> provided.getFirst();
            default ->
                throw refused(
                        "provides %d deployments: %s"
                                .formatted(
                                        provided.size(),
                                        String.join(
                                                ", ",
                                                provided.stream()
                                                        .map(provider ->
                                                                provider.type().getName())
                                                        .toList())),
                        "make a module of each: one module declares one deployment");
        };
    }

    /** Where in the module's own code it went wrong. */
    private static String at(Throwable failure) {
        String here = ModuleLoader.class.getModule().getName();
        String domain = DeploymentModule.class.getModule().getName();
        for (StackTraceElement frame : failure.getStackTrace()) {
            String module = frame.getModuleName();
            if (!domain.equals(module) && !here.equals(module)) {
                return " at %s:%d".formatted(frame.getFileName(), frame.getLineNumber());
            }
        }
        return "";
    }

    private ModuleRefusedException refused(String what, String next) {
        return new ModuleRefusedException(cause(what, next));
    }

    private ModuleRefusedException refused(String what, String next, Throwable trigger) {
        return new ModuleRefusedException(cause(what, next), trigger);
    }

    private Cause cause(String what, String next) {
        return new Cause("the module " + what, own.toString(), next);
    }
}
