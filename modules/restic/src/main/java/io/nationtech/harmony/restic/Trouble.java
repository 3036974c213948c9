package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.domain.Cause;
import java.util.Locale;
import java.util.Optional;

/** What it means when restic fails. */
final class Trouble {
    /** What restic puts before each line that a program says which it runs, and then its name. */
    private static final String OF_PROGRAM = "subprocess ";

    private static final int INCOMPLETE = 3;
    private static final int NO_REPOSITORY = 10;
    private static final int LOCKED = 11;
    private static final int WRONG_PASSWORD = 12;

    private Trouble() {}

    /** Whether there is no repository where one was looked for. */
    static boolean isAbsent(Tool.Result ended) {
        return ended.status() == NO_REPOSITORY;
    }

    static Cause of(String what, Repository repository, Tool.Result ended) {
        String where = "backups in %s".formatted(repository);
        String said = complaint(ended);
        String lower = ended.errors().toLowerCase(Locale.ROOT);
        if (ended.status() == WRONG_PASSWORD || lower.contains("wrong password")) {
            return new Cause(
                    "%s: secret '%s' is not the password of this repository"
                            .formatted(what, repository.password().ref().name()),
                    where,
                    "set the password that it was made with, `harmony secret set %s`, and deploy; or name another folder for a repository of its own"
                            .formatted(repository.password().ref().name()));
        }
        if (lower.contains("no space left")
                || lower.contains("disk quota exceeded")
                || lower.contains("insufficient storage")) {
            return new Cause(
                    "%s: there is no room: %s".formatted(what, said),
                    where,
                    "make room there, or keep fewer copies; those that are there are untouched");
        }
        if (lower.contains("command failed")) {
            return new Cause(
                    "%s: the program that dumps the database failed: %s"
                            .formatted(what, ofProgram(ended).orElse(said)),
                    where,
                    "try it in the container by hand; the copies of before are untouched");
        }
        return switch (ended.status()) {
            case NO_REPOSITORY ->
                new Cause(
                        "%s: there is no repository".formatted(what),
                        where,
                        "make the first backup: `harmony backup run`; if there was one, see what became of it");
            case LOCKED ->
                new Cause(
                        "%s: somebody else works in it: %s".formatted(what, said),
                        where,
                        "wait for that to end; what was left by a node that died is taken for over after 30 minutes");
            case INCOMPLETE ->
                new Cause(
                        "%s: not all files could be read: %s".formatted(what, said),
                        where,
                        "see what they are; let the containers rest meanwhile: quiet(Quiet.PAUSED)");
            default ->
                new Cause(
                        "%s: %s".formatted(what, said),
                        where,
                        "see that the store is there and whole, `harmony backup verify`; the next try is by itself");
        };
    }

    /** What the program that restic ran said last. */
    private static Optional<String> ofProgram(Tool.Result ended) {
        return ended.errors()
                .lines()
                .filter(line -> line.startsWith(OF_PROGRAM))
                .map(line -> line.replaceFirst("^%s\\S+ ".formatted(OF_PROGRAM), ""))
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last);
    }

    /** The line that says what went wrong. */
    private static String complaint(Tool.Result ended) {
        return ended.errors()
                .lines()
                .map(Reports::message)
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .orElse("restic ended with exit code " + ended.status());
    }
}
