package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.FolderPath;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a container's process is, where that is not what its image says.
 *
 * @param entrypoint the program, with its first words, in place of the image's; the image's arguments are left out then
 * @param args the words after that, in place of the image's
 * @param workingFolder in which the program begins; made by podman where the image has none
 * @param user as whom it runs; volumes that are made for it belong to that user
 * @param options what it has around it
 */
public record Program(
        Optional<Arguments> entrypoint,
        Optional<Arguments> args,
        Optional<FolderPath> workingFolder,
        Optional<ProcessUser> user,
        @Since(6) Set<ProgramOption> options) {
    /** As the image says. */
    public static final Program DEFAULT =
            new Program(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public Program {
        options = Set.copyOf(options);
    }

    /** The same with another program. */
    public Program entrypoint(Arguments words) {
        return new Program(Optional.of(words), args, workingFolder, user, options);
    }

    /** The same with other arguments. */
    public Program args(Arguments words) {
        return new Program(entrypoint, Optional.of(words), workingFolder, user, options);
    }

    /** The same in another folder. */
    public Program workingFolder(FolderPath folder) {
        return new Program(entrypoint, args, Optional.of(folder), user, options);
    }

    /** The same, run by somebody else. */
    public Program user(ProcessUser other) {
        return new Program(entrypoint, args, workingFolder, Optional.of(other), options);
    }

    /** The same with one thing more around it. */
    public Program with(ProgramOption another) {
        return new Program(
                entrypoint,
                args,
                workingFolder,
                user,
                Stream.concat(options.stream(), Stream.of(another)).collect(Collectors.toUnmodifiableSet()));
    }
}
