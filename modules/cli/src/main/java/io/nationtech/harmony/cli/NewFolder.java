package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.project.ProjectFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The folder of a project that a command writes: whole, and over nothing of anybody's. */
final class NewFolder {
    private NewFolder() {}

    /**
     * @throws CommandFailedException when there is something of that name
     */
    static void requireFree(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailedException(ExitCode.FAILED, taken(folder));
        }
    }

    /**
     * @throws CommandFailedException when there is something of that name, or it cannot be written; then nothing is
     */
    static void write(Path folder, ProjectFiles files) {
        try {
            files.write(folder);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(ExitCode.FAILED, taken(folder), e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "the module cannot be written: " + e.getMessage(),
                            folder.toString(),
                            "look at the room and the rights there"),
                    e);
        }
    }

    private static Cause taken(Path folder) {
        return new Cause(
                "there is something already", folder.toString(), "name another folder by --into, or move that away");
    }
}
