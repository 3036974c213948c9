package io.nationtech.harmony.checker;

import io.nationtech.harmony.corpus.Case;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** What one run of javac told. */
record Compilation(boolean succeeded, List<Diagnostic<? extends JavaFileObject>> diagnostics) {

    /** The command line leaves them away, as long as names are clear. */
    private static final Pattern PACKAGES = Pattern.compile("\\b(java|io\\.nationtech)(\\.[a-z]+)*\\.(?=[A-Z])");

    /** The first line of a diagnostic, which must be enough to act upon. */
    static String headline(Diagnostic<?> diagnostic) {
        List<String> lines = diagnostic.getMessage(Locale.ROOT).lines().toList();
        String symbol =
                lines.getFirst().equals("cannot find symbol") ? lines.get(1).replace("  symbol:  ", ":") : "";
        return PACKAGES.matcher(lines.getFirst() + symbol).replaceAll("");
    }

    /** Whether there is an error with this message whose caret is at these characters. */
    boolean tells(Case.Mark mark) {
        return errors(mark)
                .anyMatch(diagnostic ->
                        diagnostic.getColumnNumber() >= mark.begins() && diagnostic.getColumnNumber() < mark.ends());
    }

    /** Whether it is also underlined from the first of these characters to the last, as editors show it. */
    boolean underlines(Case.Mark mark) {
        return errors(mark).anyMatch(diagnostic -> spans(diagnostic, mark));
    }

    private Stream<Diagnostic<? extends JavaFileObject>> errors(Case.Mark mark) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .filter(diagnostic -> diagnostic.getLineNumber() == mark.line())
                .filter(diagnostic -> headline(diagnostic).equals(mark.message()));
    }

    private static boolean spans(Diagnostic<?> diagnostic, Case.Mark mark) {
        long begin = diagnostic.getColumnNumber() - (diagnostic.getPosition() - diagnostic.getStartPosition());
        long length = diagnostic.getEndPosition() - diagnostic.getStartPosition();
        return begin == mark.begins() && begin + length == mark.ends();
    }

    /** As a person reads it. */
    @Override
    public String toString() {
        return diagnostics.stream()
                .map(diagnostic -> "%s:%d:%d %s"
                        .formatted(
                                diagnostic.getKind(),
                                diagnostic.getLineNumber(),
                                diagnostic.getColumnNumber(),
                                diagnostic.getMessage(Locale.ROOT)))
                .collect(Collectors.joining("\n", succeeded ? "compiles:\n" : "does not compile:\n", ""));
    }
}
