package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.driver.Owned;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/** Does one work after the other, as restic takes all of a small machine; for any thread. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(4);
    private static final int REMEMBERED = 64;

    private final BlockingDeque<Work> queue = new LinkedBlockingDeque<>();
    /** Of one id there may be several, where one that was cut short is taken up in parts. */
    private final Map<WorkId, List<Work>> known = new LinkedHashMap<>();

    private final Thread thread = Thread.ofVirtual().name("backups").unstarted(this::run);
    private Optional<Work> current = Optional.empty();
    private volatile boolean closed;

    /** Where somebody waits in the queue. */
    enum Turn {
        NEXT,
        LAST
    }

    void start() {
        thread.start();
    }

    synchronized void add(Work work, Turn turn) {
        known.computeIfAbsent(work.id(), _ -> new ArrayList<>()).add(work);
        known.entrySet().stream()
                .filter(entry -> entry.getValue().stream().allMatch(Work::isOver))
                .map(Map.Entry::getKey)
                .limit(Math.max(0, known.size() - REMEMBERED))
                .toList()
                .forEach(known::remove);
        switch (turn) {
            case NEXT -> queue.addFirst(work);
            case LAST -> queue.addLast(work);
        }
    }

    /** How a work is, of which all parts must come to their end. */
    synchronized Optional<BackupAnswer> find(WorkId id) {
        List<BackupAnswer> answers =
                known.getOrDefault(id, List.of()).stream().map(Work::answer).toList();
        return first(answers, BackupAnswer.Working.class)
                .or(() -> first(answers, BackupAnswer.Refused.class))
                .or(() -> answers.stream()
                        .filter(BackupAnswer.Done.class::isInstance)
                        .map(BackupAnswer.Done.class::cast)
                        .reduce((one, other) -> new BackupAnswer.Done(one.words() + "; " + other.words())));
    }

    private static Optional<BackupAnswer> first(List<BackupAnswer> answers, Class<? extends BackupAnswer> kind) {
        return answers.stream().filter(kind::isInstance).findFirst();
    }

    /** Whether something about that is done or will be. */
    synchronized boolean isBusyWith(Owned backup) {
        return known.values().stream()
                .flatMap(List::stream)
                .anyMatch(work -> !work.isOver() && work.about().contains(backup));
    }

    /** Ends what is about that, and does not begin it. */
    synchronized void cancel(Owned backup) {
        queue.removeIf(work -> {
            boolean isMeant = work.about().contains(backup);
            if (isMeant) {
                work.end("the backup is not wanted any more");
            }
            return isMeant;
        });
        if (current.filter(work -> work.about().contains(backup)).isPresent()) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Work next = queue.take();
                begin(next);
                next.run();
            } catch (InterruptedException e) {
                // Either it is closed, or the work was cancelled.
            } catch (RuntimeUnavailableException e) {
                LOG.log(Level.WARNING, "{0}", e.why());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Unexpected failure of a backup", e);
            } finally {
                end();
            }
        }
    }

    private synchronized void begin(Work work) {
        current = Optional.of(work);
    }

    /** Whoever cancelled it late does not mean the next. */
    private synchronized void end() {
        current = Optional.empty();
        if (!closed && Thread.interrupted()) {
            LOG.log(Level.DEBUG, "A backup was cancelled as it ended");
        }
    }

    /** Whether the agent ends. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
