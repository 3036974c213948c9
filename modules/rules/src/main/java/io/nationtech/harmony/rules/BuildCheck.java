package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The check as a build runs it, with the module and all that it needs on the class path: the checker starts it when javac has written the
 * classes of a deployment module.
 */
public final class BuildCheck {
    private static final String INVALID = "invalid-value";

    /** Only after it all rules hold: what the deployment's own code prints, or with what it ends the program, says nothing of them. */
    private static final String DONE = "graph checked";

    private BuildCheck() {}

    /**
     * Checks the deployment that a module provides. The program ends with 1 and lines {@code [ERROR] …} when a rule does not hold or the
     * module does not provide one deployment, and with a last line of its own when all is well.
     *
     * @param arguments the folder of the module's classes
     * @throws IOException when it cannot be read
     */
    public static void main(String... arguments) throws IOException {
        try {
            run(Path.of(arguments[0]), Thread.currentThread().getContextClassLoader(), System.out);
            System.out.println(DONE);
            System.exit(0);
        } catch (RefusedException e) {
            System.out.println("[ERROR] " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Checks the deployment that a module provides, and tells what does not hold.
     *
     * @param loader of the module and all that it needs
     * @throws IOException when the classes cannot be read
     * @throws RefusedException when a rule does not hold, or the module does not provide one deployment
     */
    public static void run(Path classes, ClassLoader loader, PrintStream out) throws IOException {
        ModuleFiles module = ModuleFiles.of(classes);
        Report report = check(module, load(theOne(providers(classes)), loader));
        report.allowed().forEach(allowed -> out.println("[WARNING] " + allowed));
        report.violations()
                .forEach(violation -> violation.toString().lines().forEach(line -> out.println("[ERROR] " + line)));
        int violations = report.violations().size();
        if (violations > 0) {
            throw new RefusedException("%d rule%s broken; docs/rules says why each is there and what to do"
                    .formatted(violations, violations == 1 ? " is" : "s are"));
        }
    }

    /** Else a forgotten line of the descriptor would pass for a check, and planning would refuse the module. */
    private static String theOne(List<String> providers) {
        return switch (providers.size()) {
            case 0 ->
                throw new RefusedException(
                        "no deployment is checked: the module has no `provides DeploymentModule with …;` in its module-info.java");
            case 1 -> providers.getFirst();
            default ->
                throw new RefusedException("%d deployments are provided: %s; make a module of each"
                        .formatted(providers.size(), String.join(", ", providers)));
        };
    }

    private static List<String> providers(Path classes) {
        return ModuleFinder.of(classes).findAll().stream()
                .map(ModuleReference::descriptor)
                .flatMap(descriptor -> descriptor.provides().stream())
                .filter(provides -> provides.service().equals(DeploymentModule.class.getName()))
                .map(ModuleDescriptor.Provides::providers)
                .flatMap(List::stream)
                .toList();
    }

    private static DeploymentModule load(String provider, ClassLoader loader) {
        try {
            return Class.forName(provider, true, loader)
                    .asSubclass(DeploymentModule.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new RefusedException(
                    "%s cannot be made: %s; it is a public class with a public constructor without parameters"
                            .formatted(provider, e));
        }
    }

    /** Also makes the deployment; what refuses to be made is a violation at the line that makes it. */
    static Report check(ModuleFiles files, DeploymentModule module) throws IOException {
        Places places = Places.in(files, module.getClass());
        try {
            return GraphCheck.check(module.deployment(), module.getClass(), places);
        } catch (InvalidValueException | ExceptionInInitializerError e) {
            Throwable reason = e instanceof ExceptionInInitializerError
                    ? Optional.ofNullable(e.getCause()).orElse(e)
                    : e;
            return refused(String.valueOf(reason.getMessage()), places.of(reason, files), module);
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            return refused("making the deployment fails: " + e, places.of(e, files), module);
        }
    }

    private static Report refused(String message, Place where, DeploymentModule module) {
        return new Report(
                List.of(new Violation(INVALID, message, List.of(where))),
                List.of(),
                Rules.around(module.getClass()).size());
    }
}
