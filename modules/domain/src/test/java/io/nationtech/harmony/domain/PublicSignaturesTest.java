package io.nationtech.harmony.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What people call takes types that mean something. A naked text or number is an exception, and each exception has its reason:
 * {@code src/test/resources/naked-parameters.txt}.
 */
class PublicSignaturesTest {
    private static final Path DOMAIN = Path.of(System.getProperty("harmony.project"), "modules/domain");

    private static final Set<Class<?>> NAKED = Set.of(
            String.class,
            CharSequence.class,
            int.class,
            long.class,
            short.class,
            double.class,
            float.class,
            boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class);

    @Test
    void everyNakedParameterHasItsReason() throws Exception {
        Set<String> found = naked().collect(Collectors.toCollection(TreeSet::new));
        Set<String> excepted = new TreeSet<>(exceptions().keySet());
        assertEquals(Set.of(), without(found, excepted), "give these a type that means something, or a reason");
        assertEquals(Set.of(), without(excepted, found), "these need no reason any more");
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(some);
        return left;
    }

    @Test
    void everyReasonSaysSomething() throws IOException {
        exceptions().forEach((signature, reason) -> assertTrue(reason.length() > 20, signature));
    }

    private static Map<String, String> exceptions() throws IOException {
        Path file = Path.of(
                System.getProperty("harmony.project"), "modules/domain/src/test/resources/naked-parameters.txt");
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static Stream<String> naked() throws IOException {
        Stream.Builder<String> naked = Stream.builder();
        for (Class<?> type : exported()) {
            Stream.<Executable>concat(Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
                    .filter(executable -> Modifier.isPublic(executable.getModifiers()) && !executable.isSynthetic())
                    .filter(executable ->
                            Stream.of(executable.getParameterTypes()).anyMatch(PublicSignaturesTest::isNaked))
                    .filter(executable -> !isWrittenByJavac(executable))
                    .map(PublicSignaturesTest::signature)
                    .forEach(naked);
        }
        return naked.build();
    }

    private static boolean isNaked(Class<?> parameter) {
        return NAKED.contains(parameter) || parameter.isArray() && isNaked(parameter.componentType());
    }

    private static boolean isWrittenByJavac(Executable executable) {
        return executable.getName().equals("equals")
                || executable.getDeclaringClass().isEnum()
                        && executable.getName().equals("valueOf");
    }

    private static String signature(Executable executable) {
        String type =
                executable.getDeclaringClass().getName().replaceAll(".*\\.", "").replace('$', '.');
        String name = executable instanceof java.lang.reflect.Constructor<?>
                ? "new " + type
                : type + "." + executable.getName();
        return Arrays.stream(executable.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** From the folder, as the module itself has the tests in it too. */
    private static List<Class<?>> exported() throws IOException {
        Path classes = DOMAIN.resolve("target/classes");
        try (Stream<Path> files = Files.walk(classes.resolve("io"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .<Class<?>>map(name -> Class.forName(Score.class.getModule(), name))
                    .filter(PublicSignaturesTest::isPublic)
                    .toList();
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (around == null || isPublic(around));
    }
}
