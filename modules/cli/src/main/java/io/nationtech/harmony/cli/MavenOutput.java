package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import java.nio.file.Path;
import java.util.List;

/** What Maven's output means to whoever wrote the module. */
final class MavenOutput {
    private static final String COMPILE_ERROR = "COMPILATION ERROR";
    private static final String END = "Failed to execute goal";
    private static final String PREFIX = "[ERROR] ";

    private MavenOutput() {}

    static boolean isCompileError(List<String> output) {
        return output.stream().anyMatch(line -> line.contains(COMPILE_ERROR));
    }

    static MavenResult.Refused why(Path folder, List<String> output) {
        return isCompileError(output)
                ? new MavenResult.Refused(
                        javac(output),
                        new Cause(
                                "the module does not compile", folder.toString(), "correct the lines above, try again"))
                : new MavenResult.Refused(
                        complaint(output),
                        new Cause(
                                "Maven cannot build the module",
                                folder.toString(),
                                "`mvn -f %s compile` shows everything".formatted(folder)));
    }

    /** javac's own lines: Maven says them once under a heading, and once more in its summary. */
    private static List<String> javac(List<String> output) {
        return output.stream()
                .dropWhile(line -> !line.contains(COMPILE_ERROR))
                .skip(1)
                .takeWhile(line -> !line.contains(END))
                .map(MavenOutput::bare)
                .filter(line -> !line.isBlank() && !line.matches("-+") && !line.startsWith("[INFO]"))
                .toList();
    }

    private static List<String> complaint(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(MavenOutput::bare)
                .filter(line -> !line.isBlank())
                .takeWhile(line -> !line.startsWith("-> [Help") && !line.startsWith("To see the full stack trace"))
                .toList();
    }

    private static String bare(String line) {
        return line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line;
    }
}
