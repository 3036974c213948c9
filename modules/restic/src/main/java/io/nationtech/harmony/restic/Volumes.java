package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.programs.Output;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are put in the place of others, as wholes: after a power cut at any time there is the old one or the new one. */
record Volumes(Tool tool) {
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final String ASIDE = ".harmony-restore";

    /** An empty folder beside another one, on the same disk; what a restore left there that was cut short is gone. */
    Path aside(Path folder) throws BackupFailedException, InterruptedException {
        Path aside = folder.resolveSibling(ASIDE);
        discard(aside);
        try {
            return Files.createDirectory(aside);
        } catch (IOException e) {
            throw failed("cannot be made: " + e, aside);
        }
    }

    /** Exchanges a folder for the only one that is in another, and removes what was there. */
    void exchange(Path folder, Path aside) throws BackupFailedException, InterruptedException {
        Path fresh = only(aside);
        must(folder, "sync", "--file-system", fresh.toString());
        must(folder, "mv", "--exchange", "--no-copy", "--no-target-directory", fresh.toString(), folder.toString());
        must(folder, "sync", "--file-system", folder.toString());
    }

    void discard(Path aside) throws BackupFailedException, InterruptedException {
        must(aside, "rm", "--recursive", "--force", "--one-file-system", "--", aside.toString());
    }

    private static Path only(Path aside) throws BackupFailedException {
        try (Stream<Path> found = Files.list(aside)) {
            List<Path> all = found.toList();
            if (all.size() != 1 || !Files.isDirectory(all.getFirst())) {
                throw failed("is no copy of one folder: %s".formatted(all), aside);
            }
            return all.getFirst();
        } catch (IOException e) {
            throw failed("cannot be listed: " + e, aside);
        }
    }

    private void must(Path about, String... words) throws BackupFailedException, InterruptedException {
        Tool.Result ended = tool.run(Program.of(words).in(Path.of("/")).writing(new Output.Dropped()), LONGEST);
        if (!ended.isGood()) {
            throw failed("%s failed: %s".formatted(words[0], ended.errors()), about);
        }
    }

    private static BackupFailedException failed(String what, Path where) {
        return new BackupFailedException(new Cause(
                "the folder of a restore " + what,
                where + " on this node",
                "make room on the disk or repair it: `df -h`, `dmesg`; the data of before is untouched"));
    }
}
