package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.driver.Owned;
import java.util.Set;
import java.util.function.Consumer;

/** Something that takes long. What is known of it is for any thread. */
final class Work {
    private final WorkId id;
    private final Set<Owned> about;
    private final Body body;
    private volatile BackupAnswer answer = new BackupAnswer.Working("waits for what is done before");

    /** What is done. */
    @FunctionalInterface
    interface Body {
        /**
         * @param progress told how far it is
         * @return what came of it, for people
         */
        String run(Consumer<String> progress) throws BackupFailedException, InterruptedException;
    }

    Work(WorkId id, Set<Owned> about, Body body) {
        this.id = id;
        this.about = Set.copyOf(about);
        this.body = body;
    }

    WorkId id() {
        return id;
    }

    Set<Owned> about() {
        return about;
    }

    BackupAnswer answer() {
        return answer;
    }

    boolean isOver() {
        return !(answer instanceof BackupAnswer.Working);
    }

    void run() throws InterruptedException {
        answer = new BackupAnswer.Working("begins");
        try {
            answer = new BackupAnswer.Done(body.run(words -> answer = new BackupAnswer.Working(words)));
        } catch (BackupFailedException e) {
            answer = new BackupAnswer.Refused(e.why());
        } catch (InterruptedException e) {
            end("it was ended, as it is not wanted any more or the agent ends");
            throw e;
        } catch (RuntimeException e) {
            end("it failed unexpectedly: " + e);
            throw e;
        }
    }

    void end(String why) {
        answer = new BackupAnswer.Refused(new Cause(
                "work %s: %s".formatted(id, why), "this node", "`journalctl -u harmony` there says more; ask again"));
    }
}
