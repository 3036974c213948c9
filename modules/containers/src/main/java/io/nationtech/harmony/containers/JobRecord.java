package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a node knows of a job, over restarts.
 *
 * @param schedule as declared last; empty for a job that runs once for each content
 * @param content that is declared: a digest
 * @param since from when on times count: what came before was run, missed for good, or before the job was declared
 * @param run the last one
 * @param failures how many runs of the content failed in a row
 * @param done contents that ended well, the newest first
 */
record JobRecord(String schedule, String content, Instant since, Optional<Run> run, int failures, List<String> done) {
    /** A node that goes back to what it had before does not do that again. */
    private static final int REMEMBERED = 16;

    static final History.Form<JobRecord> FORM = new History.Form<>("job", JobRecord::text, JobRecord::parse);

    /**
     * A run.
     *
     * @param deadline when it is killed, if it is
     * @param end empty while it runs
     */
    record Run(String content, Instant began, Optional<Instant> deadline, Optional<End> end) {
        /** Runtimes tell the end in whole seconds. */
        boolean isEndedByItsDeadline() {
            return end.filter(over -> !over.isGood())
                    .flatMap(over ->
                            deadline.filter(latest -> !over.at().plusSeconds(1).isBefore(latest)))
                    .isPresent();
        }
    }

    /**
     * The end of a run.
     *
     * @param at when it was seen, or when it was where that is known
     * @param code its exit code; empty when nobody saw it, as its node was restarted
     */
    record End(Instant at, Optional<Integer> code) {
        boolean isGood() {
            return code.equals(Optional.of(0));
        }
    }

    JobRecord {
        done = done.stream().limit(REMEMBERED).toList();
    }

    /** Of a job that was never heard of before. */
    static JobRecord declared(String schedule, String content, Instant now) {
        return new JobRecord(schedule, content, now, Optional.empty(), 0, List.of());
    }

    /** The same job, as it is declared now: times before another schedule was declared are not its times. */
    JobRecord following(String otherSchedule, String otherContent, Instant now) {
        return new JobRecord(
                otherSchedule,
                otherContent,
                schedule.equals(otherSchedule) ? since : now,
                run,
                content.equals(otherContent) ? failures : 0,
                done);
    }

    boolean isRunning() {
        return run.filter(last -> last.end().isEmpty()).isPresent();
    }

    boolean isDone() {
        return done.contains(content);
    }

    JobRecord beginning(Instant now, Optional<Duration> deadline) {
        return new JobRecord(
                schedule,
                content,
                now,
                Optional.of(new Run(content, now, deadline.map(now::plus), Optional.empty())),
                failures,
                done);
    }

    /** Of whose times none up to now will be caught up. */
    JobRecord skipping(Instant now) {
        return new JobRecord(schedule, content, now, run, failures, done);
    }

    /** With the end of a run that is over. */
    JobRecord seeing(Optional<ContainerStatus> container, Instant now) {
        return isRunning() ? end(container, now).map(this::ended).orElse(this) : this;
    }

    private static Optional<End> end(Optional<ContainerStatus> container, Instant now) {
        Optional<Exit> exit = container.flatMap(status -> status.history().lastExit());
        return switch (container.map(ContainerStatus::running).orElse(ContainerStatus.Running.STOPPED)) {
            case STARTING, RUNNING -> Optional.empty();
            case FINISHED -> Optional.of(new End(exit.map(Exit::at).orElse(now), Optional.of(0)));
            case STOPPED -> Optional.of(new End(exit.map(Exit::at).orElse(now), exit.map(Exit::code)));
        };
    }

    private JobRecord ended(End end) {
        Run last = run.orElseThrow();
        Run over = new Run(last.content(), last.began(), last.deadline(), Optional.of(end));
        return end.isGood()
                ? new JobRecord(
                        schedule,
                        content,
                        since,
                        Optional.of(over),
                        0,
                        Stream.concat(
                                        Stream.of(last.content()),
                                        done.stream().filter(other -> !other.equals(last.content())))
                                .toList())
                : new JobRecord(
                        schedule,
                        content,
                        since,
                        Optional.of(over),
                        last.content().equals(content) ? failures + 1 : failures,
                        done);
    }

    /** As a file's text. */
    String text() {
        Properties all = new Properties();
        all.setProperty("schedule", schedule);
        all.setProperty("content", content);
        all.setProperty("since", since.toString());
        all.setProperty("failures", Integer.toString(failures));
        all.setProperty("done", String.join(" ", done));
        run.ifPresent(last -> {
            all.setProperty("run", last.content());
            all.setProperty("began", last.began().toString());
            last.deadline().ifPresent(latest -> all.setProperty("deadline", latest.toString()));
            last.end().ifPresent(end -> all.setProperty("ended", end.at().toString()));
            last.end().flatMap(End::code).ifPresent(code -> all.setProperty("code", code.toString()));
        });
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    /** Empty when it is no such text. */
    static Optional<JobRecord> parse(String text) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(text));
            return Optional.of(new JobRecord(
                    word(all, "schedule").orElse(""),
                    word(all, "content").orElse(""),
                    Instant.parse(word(all, "since").orElse("")),
                    word(all, "run")
                            .map(content -> new Run(
                                    content,
                                    Instant.parse(word(all, "began").orElse("")),
                                    word(all, "deadline").map(Instant::parse),
                                    word(all, "ended")
                                            .map(ended -> new End(
                                                    Instant.parse(ended),
                                                    word(all, "code").map(Integer::valueOf))))),
                    Integer.parseInt(word(all, "failures").orElse("0")),
                    word(all, "done").stream()
                            .flatMap(done -> Stream.of(done.split(" ", -1)))
                            .filter(content -> !content.isEmpty())
                            .toList()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> word(Properties all, String name) {
        return Optional.ofNullable(all.getProperty(name));
    }
}
