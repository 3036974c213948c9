package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.backup.SnapshotId;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a node knows of a backup, over restarts.
 *
 * @param content as declared last: a digest
 * @param schedule as declared last
 * @param since from when on times count: what came before was done, or missed for good, or before it was declared
 * @param began when the run began that is not over
 * @param ended when the last run was over
 * @param failures how many runs failed in a row
 * @param trouble why the last one failed
 * @param good the last good copy of each data
 */
record BackupRecord(
        String content,
        String schedule,
        Instant since,
        Optional<Instant> began,
        Optional<Instant> ended,
        int failures,
        Optional<String> trouble,
        Map<ResourceId, Good> good) {
    private static final String GOOD = "good.";
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 4;

    /** A good copy. */
    record Good(Instant at, SnapshotId snapshot, long bytes) {}

    BackupRecord {
        good = Map.copyOf(good);
    }

    static BackupRecord declared(String content, String schedule, Instant now) {
        return new BackupRecord(
                content, schedule, now, Optional.empty(), Optional.empty(), 0, Optional.empty(), Map.of());
    }

    /** The same backup, as it is declared now: times before another schedule was declared are not its times. */
    BackupRecord following(String otherContent, String otherSchedule, Instant now) {
        return new BackupRecord(
                otherContent,
                otherSchedule,
                schedule.equals(otherSchedule) ? since : now,
                began,
                ended,
                content.equals(otherContent) ? failures : 0,
                content.equals(otherContent) ? trouble : Optional.empty(),
                good);
    }

    BackupRecord beginning(Instant now) {
        return new BackupRecord(content, schedule, now, Optional.of(now), ended, failures, trouble, good);
    }

    /** Of whose times none up to now will be caught up. */
    BackupRecord skipping(Instant now) {
        return new BackupRecord(content, schedule, now, began, ended, failures, trouble, good);
    }

    BackupRecord with(ResourceId data, Good copy) {
        Map<ResourceId, Good> all = new TreeMap<>(good);
        all.put(data, copy);
        return new BackupRecord(content, schedule, since, began, ended, failures, trouble, all);
    }

    BackupRecord ending(Instant now) {
        return new BackupRecord(
                content, schedule, since, Optional.empty(), Optional.of(now), 0, Optional.empty(), good);
    }

    BackupRecord failing(Instant now, String why) {
        return new BackupRecord(
                content, schedule, since, Optional.empty(), Optional.of(now), failures + 1, Optional.of(why), good);
    }

    /** When the oldest of the last good copies was made; empty while there is none of some of the data. */
    Optional<Instant> oldest(List<ResourceId> data) {
        List<Instant> times = good.entrySet().stream()
                .filter(entry -> data.contains(entry.getKey()))
                .map(entry -> entry.getValue().at())
                .sorted()
                .toList();
        return times.size() == data.size() ? times.stream().findFirst() : Optional.empty();
    }

    /** When what failed is tried again; empty when nothing did. */
    Optional<Instant> retry() {
        return failures == 0
                ? Optional.empty()
                : ended.map(time -> time.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS))));
    }

    /** As a file's text. */
    String text() {
        Properties all = new Properties();
        all.setProperty("content", content);
        all.setProperty("schedule", schedule);
        all.setProperty("since", since.toString());
        all.setProperty("failures", Integer.toString(failures));
        began.ifPresent(time -> all.setProperty("began", time.toString()));
        ended.ifPresent(time -> all.setProperty("ended", time.toString()));
        trouble.ifPresent(text -> all.setProperty("trouble", text));
        good.forEach((data, copy) ->
                all.setProperty(GOOD + data.path(), "%s %s %d".formatted(copy.at(), copy.snapshot(), copy.bytes())));
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    /** Empty when it is no such text. */
    static Optional<BackupRecord> parse(String text) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(text));
            Map<ResourceId, Good> good = new TreeMap<>();
            for (String name : all.stringPropertyNames()) {
                if (name.startsWith(GOOD)) {
                    String[] words = all.getProperty(name).split(" ", -1);
                    good.put(
                            ResourceId.parse(name.substring(GOOD.length())),
                            new Good(Instant.parse(words[0]), SnapshotId.of(words[1]), Long.parseLong(words[2])));
                }
            }
            return Optional.of(new BackupRecord(
                    word(all, "content").orElse(""),
                    word(all, "schedule").orElse(""),
                    Instant.parse(word(all, "since").orElse("")),
                    word(all, "began").map(Instant::parse),
                    word(all, "ended").map(Instant::parse),
                    Integer.parseInt(word(all, "failures").orElse("0")),
                    word(all, "trouble"),
                    good));
        } catch (IOException
                | DateTimeException
                | NumberFormatException
                | InvalidValueException
                | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> word(Properties all, String name) {
        return Optional.ofNullable(all.getProperty(name));
    }
}
