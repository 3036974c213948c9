package io.nationtech.harmony.cli;

import io.nationtech.harmony.config.Config;
import io.nationtech.harmony.config.Wanted;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.operator.LoadedModule;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Opens;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configurations that a module declares: the records of the packages that it opens to {@code io.nationtech.harmony.config}, but for
 * those that are part of another.
 */
final class ConfigRecords {
    private static final String READER = Config.class.getModule().getName();
    private static final String CLASS = ".class";

    private ConfigRecords() {}

    static List<Wanted<?>> of(LoadedModule loaded) {
        Set<String> packages = loaded.module().getDescriptor().opens().stream()
                .filter(opens -> opens.targets().contains(READER))
                .map(Opens::source)
                .collect(Collectors.toSet());
        List<Class<? extends Record>> records = classes(loaded)
                .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
                .sorted()
                .map(name -> Class.forName(loaded.module(), name))
                .filter(type -> type != null && type.isRecord())
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList();
        Set<Class<?>> parts = records.stream()
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(component -> component.getType())
                .collect(Collectors.toSet());
        return records.stream()
                .filter(type -> !parts.contains(type))
                .sorted(Comparator.comparing(Class::getSimpleName))
                .<Wanted<?>>map(type -> Wanted.of(type))
                .toList();
    }

    private static Stream<String> classes(LoadedModule loaded) {
        try (ModuleReader reader = ModuleFinder.of(loaded.own())
                .find(loaded.module().getName())
                .orElseThrow()
                .open()) {
            return reader
                    .list()
                    .filter(name -> name.endsWith(CLASS) && !name.equals("module-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.NO_MODULE,
                    new Cause(
                            "the module cannot be read: " + e.getMessage(),
                            loaded.own().toString(),
                            "compile it again"),
                    e);
        }
    }
}
