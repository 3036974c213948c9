package io.nationtech.harmony.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * By this in its environment, a process is found when it has to be killed, whoever its parent is by then: one that went into the background, or
 * one that a container engine started in a container.
 */
public record Mark(String value) {
    /** The variable that holds it. */
    public static final String VARIABLE = "HARMONY_PROGRAM";

    private static final Path PROCESSES = Path.of("/proc");

    /** One that nothing has yet. */
    public static Mark fresh() {
        return new Mark(UUID.randomUUID().toString());
    }

    /**
     * One that nothing has yet, of somebody whose programs can be found again by another process.
     *
     * @param owner the same for two only when each may kill the other's programs
     */
    public static Mark of(String owner) {
        return new Mark("%s:%s".formatted(owner, UUID.randomUUID()));
    }

    /** Kills what programs of an owner left that this process did not start, as an owner did that was killed itself. Returns the processes. */
    public static List<ProcessHandle> killLeft(String owner) {
        List<ProcessHandle> left = having(value -> value.startsWith(owner + ":"));
        Killing.kill(left, () -> having(value -> value.startsWith(owner + ":")));
        return left;
    }

    List<ProcessHandle> processes() {
        return having(value::equals);
    }

    private static List<ProcessHandle> having(Predicate<String> value) {
        ProcessHandle self = ProcessHandle.current();
        try (Stream<Path> all = Files.list(PROCESSES)) {
            return all.filter(one -> one.getFileName().toString().matches("[0-9]{1,9}"))
                    .filter(one -> isMarked(one, value))
                    .flatMap(one ->
                            ProcessHandle.of(Long.parseLong(one.getFileName().toString())).stream())
                    .filter(process -> !process.equals(self))
                    .toList();
        } catch (IOException e) {
            // Then only children are found.
            return List.of();
        }
    }

    private static boolean isMarked(Path process, Predicate<String> value) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0"))
                    .filter(variable -> variable.startsWith(VARIABLE + "="))
                    .map(variable -> variable.substring(VARIABLE.length() + 1))
                    .anyMatch(value);
        } catch (IOException e) {
            // It is over, or another's.
            return false;
        }
    }
}
