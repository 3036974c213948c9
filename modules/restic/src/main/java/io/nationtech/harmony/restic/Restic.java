package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Keep;
import io.nationtech.harmony.backup.Repository;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.hardware.Amount;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.programs.Output;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A repository of restic, opened: its store is there and its password is right. The password goes through a pipe, other secrets through files
 * in memory that are gone when it is closed; none is in an argument, the environment or on a disk. For one thread.
 */
final class Restic implements AutoCloseable {
    private static final Duration QUESTION = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int LONGEST_LIST = 64 << 20;
    /** A container may rest meanwhile, so a store that hangs is given up soon. */
    private static final Duration STALL = Duration.ofMinutes(10);

    /** Two that are open at once have files of their own. */
    private static final AtomicLong OPENED = new AtomicLong();

    private final Tool tool;
    private final Repository repository;
    private final Means means;
    private final List<String> where;
    private final Map<String, String> environment;
    private final List<Path> inMemory;
    private boolean isThere = true;

    private Restic(
            Tool tool,
            Repository repository,
            Means means,
            List<String> where,
            Map<String, String> environment,
            List<Path> inMemory) {
        this.tool = tool;
        this.repository = repository;
        this.means = means;
        this.where = where;
        this.environment = environment;
        this.inMemory = inMemory;
    }

    /** What becomes of a repository that is not there. */
    enum IfAbsent {
        /** One is made, where nothing else is. */
        MAKE,
        /** That is a failure. */
        FAIL,
        /** It has no copies. */
        LEAVE
    }

    /**
     * @param memory a folder in memory, where secrets may be while they are used
     * @param disk a folder for what restic remembers of a store that is far away
     */
    static Restic open(Tool tool, Repository repository, Means means, Path memory, Path disk, IfAbsent ifAbsent)
            throws BackupFailedException, InterruptedException {
        Restic opened = located(tool, repository, means, memory, disk);
        try {
            opened.requireThere(ifAbsent);
            return opened;
        } catch (BackupFailedException | InterruptedException e) {
            opened.close();
            throw e;
        }
    }

    private static Restic located(Tool tool, Repository repository, Means means, Path memory, Path disk)
            throws BackupFailedException {
        // Few boards have room for what Go takes when it is free to.
        Map<String, String> environment = new HashMap<>(Map.of("GOGC", "20", "RESTIC_PROGRESS_FPS", "1"));
        List<Path> secrets = new ArrayList<>();
        List<String> cache = List.of("--cache-dir", disk.resolve("cache").toString(), "--cleanup-cache");
        return switch (repository) {
            case Repository.OnShare(var share, var folder, MountedSecret _) ->
                switch (means.data().share(share)) {
                    case ShareFolder.There(Path there) ->
                        new Restic(
                                tool,
                                repository,
                                means,
                                List.of(
                                        "--no-cache",
                                        "--repo",
                                        there.resolve(folder.value()).toString()),
                                environment,
                                secrets);
                    case ShareFolder.Away(Cause why) -> throw new BackupFailedException(why);
                };
            case Repository.OverRest(var url, Optional<MountedSecret> login, MountedSecret _) -> {
                List<String> words = new ArrayList<>(cache);
                if (login.isEmpty()) {
                    words.addAll(List.of("--repo", "rest:" + url));
                } else {
                    Path file = memory.resolve("repository-" + OPENED.incrementAndGet());
                    String[] parts = url.value().split("://", 2);
                    put(file, "rest:%s://%s@%s".formatted(parts[0], escaped(text(means, login.get())), parts[1]));
                    secrets.add(file);
                    words.addAll(List.of("--repository-file", file.toString()));
                }
                yield new Restic(tool, repository, means, words, environment, secrets);
            }
            case Repository.InS3(var bucket, MountedSecret access, MountedSecret secret, MountedSecret _) -> {
                Path file = memory.resolve("s3-key-" + OPENED.incrementAndGet());
                put(
                        file,
                        "[default]%naws_access_key_id = %s%naws_secret_access_key = %s%n"
                                .formatted(text(means, access), text(means, secret)));
                secrets.add(file);
                environment.put("AWS_SHARED_CREDENTIALS_FILE", file.toString());
                List<String> words = new ArrayList<>(cache);
                words.addAll(List.of("--repo", "s3:" + bucket));
                yield new Restic(tool, repository, means, words, environment, secrets);
            }
        };
    }

    /** User and password in an address: what could end it there is written otherwise (RFC 3986, 2.1). */
    private static String escaped(String login) {
        StringBuilder text = new StringBuilder();
        boolean isUser = true;
        for (byte one : login.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xff);
            if (letter == ':' && isUser) {
                isUser = false;
                text.append(letter);
            } else if (Character.isLetterOrDigit(letter) && letter < 0x80) {
                text.append(letter);
            } else {
                text.append("%%%02X".formatted((int) letter));
            }
        }
        return text.toString();
    }

    private static void put(Path file, String text) throws BackupFailedException {
        try {
            Files.createDirectories(file.resolveSibling(""));
            DurableFile.replacePrivate(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BackupFailedException(new Cause(
                    "a secret cannot be handed to restic: " + e.getMessage(),
                    file.toString(),
                    "see that this folder is in memory and can be written to"));
        }
    }

    private static String text(Means means, MountedSecret secret) throws BackupFailedException {
        return new String(lent(means, secret), StandardCharsets.UTF_8).strip();
    }

    private static byte[] lent(Means means, MountedSecret secret) throws BackupFailedException {
        AtomicReference<byte[]> value = new AtomicReference<>(new byte[0]);
        Optional<Cause> unknown = means.secrets().lend(secret, lent -> value.set(lent.clone()));
        if (unknown.isPresent()) {
            throw new BackupFailedException(unknown.get());
        }
        return value.get();
    }

    /** Only where a store is there and has nothing, a repository is made. */
    private void requireThere(IfAbsent ifAbsent) throws BackupFailedException, InterruptedException {
        Tool.Result ended = ask("cat", "config");
        if (ended.isGood()) {
            return;
        }
        if (!Trouble.isAbsent(ended) || ifAbsent == IfAbsent.FAIL) {
            throw failed("the repository cannot be opened", ended);
        }
        if (ifAbsent == IfAbsent.LEAVE) {
            isThere = false;
            return;
        }
        requireEmpty();
        Tool.Result made = ask("init");
        if (!made.isGood()) {
            throw failed("the repository cannot be made", made);
        }
    }

    /** A repository that lost its head is no place for another one. */
    private void requireEmpty() throws BackupFailedException, InterruptedException {
        if (!(repository instanceof Repository.OnShare)) {
            return;
        }
        String folder = where.getLast();
        // By a program: a server that does not answer holds up whoever asks for its files.
        Tool.Result listed = tool.run(
                Program.of("find", folder, "-mindepth", "1", "-maxdepth", "1", "-printf", "%f\\n", "-quit")
                        .in(Path.of("/")),
                QUESTION);
        String found = listed.output().strip();
        boolean isAbsent = listed.errors().contains("No such file");
        if (!found.isEmpty() || !(listed.isGood() || isAbsent)) {
            throw new BackupFailedException(new Cause(
                    found.isEmpty()
                            ? "the folder for the repository cannot be looked at: " + listed.errors()
                            : "the folder for the repository has '%s' in it and is no repository, or a damaged one"
                                    .formatted(found),
                    folder + " on this node",
                    "name another folder for it, or see what became of what is there; nothing is written there"));
        }
    }

    /** Makes a copy of a folder, with all that is in it. */
    Reports.Summary save(Origin origin, Path folder, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        return save(
                origin, folder.resolveSibling(""), List.of(folder.getFileName().toString()), progress);
    }

    /** Makes a copy of what a program writes; of nothing when it fails. */
    Reports.Summary save(Origin origin, List<String> program, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        return save(
                origin,
                Path.of("/"),
                Stream.concat(Stream.of("--stdin-filename", DUMP, "--stdin-from-command", "--"), program.stream())
                        .toList(),
                progress);
    }

    /** Under which name a dump is in its snapshot. */
    private static final String DUMP = "dump";

    /**
     * What a copy is of.
     *
     * @param node on which it is made
     */
    record Origin(DeploymentName deployment, ResourceId data, NodeId node) {
        /** Restic counts and compares what is of one host; this follows data from node to node. */
        String host() {
            return "%s.%s.%s".formatted(deployment, data.kind(), data.name());
        }

        List<String> words() {
            return List.of(
                    "--host", host(),
                    "--group-by", "host",
                    "--tag", Reports.DEPLOYMENT + deployment,
                    "--tag", Reports.DATA + data.path(),
                    "--tag", Reports.NODE + node);
        }
    }

    private Reports.Summary save(Origin origin, Path folder, List<String> what, Consumer<String> progress)
            throws BackupFailedException, InterruptedException {
        AtomicReference<Optional<Reports.Summary>> made = new AtomicReference<>(Optional.empty());
        Stall stall = new Stall(STALL);
        List<String> words = new ArrayList<>(List.of("backup", "--json"));
        words.addAll(origin.words());
        words.addAll(what);
        Tool.Result ended = run(
                folder,
                words,
                new Output.Lines(line -> {
                    Reports.summary(line).ifPresent(summary -> made.set(Optional.of(summary)));
                    Reports.status(line).ifPresent(status -> {
                        stall.told(status.bytes());
                        progress.accept("%s: %d %%, %s"
                                .formatted(
                                        origin.data().path(),
                                        Math.round(status.share() * 100),
                                        Amount.iec(status.bytes())));
                    });
                }),
                LONGEST,
                stall);
        if (!ended.isGood() || made.get().isEmpty()) {
            throw failed("%s cannot be saved".formatted(origin.data()), ended);
        }
        return made.get().get();
    }

    /** Forgets copies that are not to be kept, of this data alone. */
    void forget(Origin origin, Keep retention) throws BackupFailedException, InterruptedException {
        // What a run left that died here would keep everybody from it.
        ask("unlock");
        List<String> words = new ArrayList<>(
                List.of("forget", "--prune", "--host", origin.host(), "--group-by", "host", "--retry-lock", "5m"));
        keep(words, "--keep-last", retention.newest());
        keep(words, "--keep-daily", retention.days());
        keep(words, "--keep-weekly", retention.weeks());
        keep(words, "--keep-monthly", retention.months());
        keep(words, "--keep-yearly", retention.years());
        Tool.Result ended = run(Path.of("/"), words, new Output.Dropped(), LONGEST, new Stall(LONGEST));
        if (!ended.isGood()) {
            throw failed("old copies of %s cannot be removed".formatted(origin.data()), ended);
        }
    }

    private static void keep(List<String> words, String option, int count) {
        if (count > 0) {
            words.addAll(List.of(option, Integer.toString(count)));
        }
    }

    /** All of a deployment, the newest first. */
    List<Snapshot> snapshots(DeploymentName deployment) throws BackupFailedException, InterruptedException {
        if (!isThere) {
            return List.of();
        }
        Tool.Result ended = run(
                Path.of("/"),
                List.of("snapshots", "--json", "--no-lock", "--tag", Reports.DEPLOYMENT + deployment),
                Output.beginning(LONGEST_LIST),
                QUESTION,
                new Stall(QUESTION));
        if (!ended.isGood()) {
            throw failed("the repository cannot be listed", ended);
        }
        return Reports.snapshots(ended.output(), deployment);
    }

    /** Puts what is in a copy of a folder into another one, under the name that it had. */
    void restore(Copy copy, Path into, Consumer<String> progress) throws BackupFailedException, InterruptedException {
        Stall stall = new Stall(STALL);
        Tool.Result ended = run(
                Path.of("/"),
                List.of(
                        "restore",
                        "--json",
                        "--sparse",
                        "--target",
                        into.toString(),
                        copy.id().value()),
                new Output.Lines(line -> Reports.status(line).ifPresent(status -> {
                    stall.told(status.bytes());
                    progress.accept("%s: %d %%, %s"
                            .formatted(
                                    copy.data().path(), Math.round(status.share() * 100), Amount.iec(status.bytes())));
                })),
                LONGEST,
                stall);
        if (!ended.isGood()) {
            throw failed(
                    "%s cannot be restored from snapshot %s"
                            .formatted(copy.data(), copy.id().brief()),
                    ended);
        }
    }

    /** Writes what a program said, when it was saved, into a file. */
    void restoreDump(Copy copy, Path file) throws BackupFailedException, InterruptedException {
        dump(copy, List.of("dump", copy.id().value(), "/" + DUMP), new Output.InFile(file, Long.MAX_VALUE));
    }

    /** Reads all of a copy, as for a restore, to nowhere. */
    void readBack(Copy copy) throws BackupFailedException, InterruptedException {
        dump(copy, List.of("dump", "--archive", "tar", copy.id().value(), "/"), new Output.Dropped());
    }

    private void dump(Copy copy, List<String> words, Output output) throws BackupFailedException, InterruptedException {
        Tool.Result ended = run(Path.of("/"), words, output, LONGEST, new Stall(LONGEST));
        if (!ended.isGood()) {
            throw failed(
                    "%s cannot be read back from snapshot %s"
                            .formatted(copy.data(), copy.id().brief()),
                    ended);
        }
    }

    /** Whether the repository is whole, and a part of what it holds is as it was written. */
    void check(String subset) throws BackupFailedException, InterruptedException {
        Tool.Result ended = run(
                Path.of("/"),
                List.of("check", "--read-data-subset", subset, "--retry-lock", "5m"),
                new Output.Dropped(),
                LONGEST,
                new Stall(LONGEST));
        if (!ended.isGood()) {
            throw failed("the repository is damaged, or cannot be read", ended);
        }
    }

    private Tool.Result ask(String... words) throws BackupFailedException, InterruptedException {
        return run(Path.of("/"), List.of(words), new Output.Dropped(), QUESTION, new Stall(QUESTION));
    }

    private Tool.Result run(Path folder, List<String> words, Output output, Duration deadline, Stall stall)
            throws BackupFailedException, InterruptedException {
        byte[] password = lent(means, repository.password());
        try {
            List<String> all = new ArrayList<>(List.of("nice", "restic"));
            all.addAll(where);
            all.addAll(List.of("--password-file", "/dev/stdin"));
            all.addAll(words);
            return tool.run(
                    Program.of(all)
                            .in(folder)
                            .with(environment)
                            .reading(ByteBuffer.wrap(password))
                            .writing(output),
                    deadline,
                    stall::isOver);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private BackupFailedException failed(String what, Tool.Result ended) {
        return new BackupFailedException(Trouble.of(what, repository, ended));
    }

    /** Takes what was handed over in memory back. */
    @Override
    public void close() {
        for (Path file : inMemory) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // It is the agent's alone, and gone with the machine's memory.
            }
        }
    }
}
