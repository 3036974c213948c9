package io.nationtech.harmony.node;

import io.nationtech.harmony.fleet.DesiredStateUpdate;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What the keeper of a deployment is told, and which of its work newer word ends. Safe for use by several threads. */
final class Inbox {
    private final Thread worker;

    /** Guards the next three. */
    private final ReentrantLock gate = new ReentrantLock();
    /** The newest telling not yet taken up; what it overtook is of no interest. */
    private Optional<DesiredStateUpdate> news = Optional.empty();

    private Work work = Work.NOT_TO_BE_INTERRUPTED;
    private long underWork;

    private volatile boolean closed;

    private enum Work {
        NOT_TO_BE_INTERRUPTED,
        /** Newer word ends it. */
        PREPARING,
        /** So it does this, which comes after all that is told. */
        TIDYING,
        /** There is no keeper any more. */
        OVER
    }

    /** Work that newer word may end. */
    interface Preparation<T> {
        T run() throws InterruptedException;
    }

    Inbox(Thread worker) {
        this.worker = worker;
    }

    /** Takes what the mesh said; ends work for anything else that may be ended. */
    void put(DesiredStateUpdate told) {
        gate.lock();
        try {
            news = Optional.of(told);
            if ((work == Work.PREPARING || work == Work.TIDYING) && told.revision() != underWork) {
                worker.interrupt();
            }
        } finally {
            gate.unlock();
        }
    }

    Optional<DesiredStateUpdate> take() {
        gate.lock();
        try {
            Optional<DesiredStateUpdate> taken = news;
            news = Optional.empty();
            return taken;
        } finally {
            gate.unlock();
        }
    }

    /** Does something for a revision that newer word may end. */
    <T> T preparing(long revision, Preparation<T> preparation) throws InterruptedException {
        return interruptible(Work.PREPARING, revision, preparation);
    }

    /** The same once the end is told: whoever looks on is told nothing of it. */
    <T> T tidying(long revision, Preparation<T> preparation) throws InterruptedException {
        return interruptible(Work.TIDYING, revision, preparation);
    }

    private <T> T interruptible(Work kind, long revision, Preparation<T> preparation) throws InterruptedException {
        gate.lock();
        try {
            stopIfClosed();
            if (news.filter(newer -> newer.revision() != revision).isPresent()) {
                throw new InterruptedException("there is newer word");
            }
            underWork = revision;
            work = kind;
        } finally {
            gate.unlock();
        }
        try {
            return preparation.run();
        } finally {
            endInterruptible();
        }
    }

    private void endInterruptible() throws InterruptedException {
        gate.lock();
        try {
            work = Work.NOT_TO_BE_INTERRUPTED;
            stopIfClosed();
        } finally {
            gate.unlock();
        }
    }

    boolean isPreparing() {
        gate.lock();
        try {
            return work == Work.PREPARING && !closed;
        } finally {
            gate.unlock();
        }
    }

    /** What was cut short by closing tells nothing about the deployment. */
    void stopIfClosed() throws InterruptedException {
        if (closed || Thread.interrupted()) {
            throw new InterruptedException("%s is no longer needed".formatted(worker.getName()));
        }
    }

    /** Ends the keeping unless there is news; whether it did. */
    boolean retire() {
        gate.lock();
        try {
            if (news.isEmpty()) {
                work = Work.OVER;
            }
            return work == Work.OVER;
        } finally {
            gate.unlock();
        }
    }

    boolean isOver() {
        gate.lock();
        try {
            return closed || work == Work.OVER;
        } finally {
            gate.unlock();
        }
    }

    void close() {
        closed = true;
        worker.interrupt();
    }
}
