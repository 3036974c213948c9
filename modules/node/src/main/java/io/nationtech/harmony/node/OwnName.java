package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.fleet.NameHolder;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether this run of the agent may speak under its node's name. Of two machines that have one name, as of a copied card, the one that
 * was there first keeps it, for as long as it is heard of; of two agents on one machine the one that began last, as the other is
 * usually gone. For one thread.
 */
final class OwnName {
    /** After a power cut, whoever had the name is given so long to come back before another machine takes it. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final NodeReports reports;
    private final LongSupplier nanos;
    private boolean hadIt;
    private Optional<Seen> seen = Optional.empty();

    /** A heartbeat of another, and since when it is that one's newest. */
    private record Seen(long beat, long since) {}

    /** What came of asking. */
    sealed interface Answer {

        /**
         * It may.
         *
         * @param revision to write over
         */
        record Yes(long revision) implements Answer {}

        /**
         * It does already.
         *
         * @param revision to write over
         */
        record Still(long revision) implements Answer {}

        /** It is not known yet whether whoever had it is alive, or they are silent and may yet come back. */
        record NotYet() implements Answer {}

        /** Another has it. */
        record No(NodeInfo other) implements Answer {}
    }

    OwnName(NodeReports reports, LongSupplier nanos) {
        this.reports = reports;
        this.nanos = nanos;
    }

    Answer ask(NodeInfo own) {
        return own.run().isEmpty()
                ? new Answer.Still(0)
                : switch (reports.holder(own)) {
                    case NameHolder.Nobody(long revision) -> new Answer.Yes(revision);
                    case NameHolder.Own(long revision) -> new Answer.Still(revision);
                    case NameHolder.Other(NodeInfo other, var _, long revision)
                    when !hadIt && other.isOnMachineOf(own) -> new Answer.Yes(revision);
                    case NameHolder.Other other -> watched(other);
                };
    }

    /** By the other's heartbeats alone, as they come: no clock of another machine is asked. */
    private Answer watched(NameHolder.Other other) {
        Seen now = new Seen(other.beat(), nanos.getAsLong());
        Seen before = seen.orElse(now);
        seen = Optional.of(before);
        if (before.beat() != now.beat()) {
            return new Answer.No(other.info());
        }
        return now.since() - before.since() >= SILENCE.toNanos()
                ? new Answer.Yes(other.revision())
                : new Answer.NotYet();
    }

    /** Takes the name; whether nobody else did meanwhile. One that does not tell its runs apart has it always. */
    boolean take(NodeInfo own, long revision) {
        if (own.run().isEmpty()) {
            reports.register(own);
            return true;
        }
        boolean isOwn = reports.register(own, revision) instanceof Written.At;
        hadIt |= isOwn;
        seen = Optional.empty();
        return isOwn;
    }
}
