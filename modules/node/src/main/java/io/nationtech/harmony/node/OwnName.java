package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NameHolder;
import io.nationtech.harmony.fleet.NodeCommands;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether this run of the agent may speak under its node's name. Of two machines that have one name, as of a copied card, the one that
 * was there first keeps it, for as long as it answers; of two agents on one machine the one that began last, as the other is
 * usually gone. For one thread.
 */
final class OwnName {
    /** After a power cut, whoever had the name is given so long to come back before another machine takes it. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final NodeReports reports;
    private final NodeCommands commands;
    private final LongSupplier nanos;
    private boolean hadIt;
    private Optional<Silent> silent = Optional.empty();

    /** Another that does not answer, and since when. */
    private record Silent(AgentRun run, long since) {}

    /** What came of asking. */
    sealed interface Answer {

        /**
         * It may.
         *
         * @param revision to write over
         * @param before who had it until now
         */
        record Yes(long revision, Optional<AgentRun> before) implements Answer {}

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

    OwnName(Fleet fleet, LongSupplier nanos) {
        this.reports = fleet.nodeReports();
        this.commands = fleet.commands();
        this.nanos = nanos;
    }

    Answer ask(NodeInfo own) {
        return own.run().isEmpty()
                ? new Answer.Still(0)
                : switch (reports.holder(own)) {
                    case NameHolder.Nobody(long revision) -> new Answer.Yes(revision, Optional.empty());
                    case NameHolder.Own(long revision) -> new Answer.Still(revision);
                    case NameHolder.Other(NodeInfo other, long revision)
                    when !hadIt && other.isOnMachineOf(own) -> new Answer.Yes(revision, other.run());
                    case NameHolder.Other(NodeInfo other, long revision) ->
                        other.run()
                                .map(run -> called(run, other, revision))
                                .orElseGet(() -> new Answer.Yes(revision, Optional.empty()));
                };
    }

    /** By what the other answers alone: no clock of another machine is asked. */
    private Answer called(AgentRun run, NodeInfo other, long revision) {
        if (commands.call(other.id(), run)) {
            silent = Optional.empty();
            return new Answer.No(other);
        }
        long now = nanos.getAsLong();
        Silent since = silent.filter(one -> one.run().equals(run)).orElseGet(() -> new Silent(run, now));
        silent = Optional.of(since);
        return now - since.since() >= SILENCE.toNanos() ? new Answer.Yes(revision, other.run()) : new Answer.NotYet();
    }

    /** Takes the name; whether nobody else did meanwhile. One that does not tell its runs apart has it always. */
    boolean take(NodeInfo own, long revision) {
        if (own.run().isEmpty()) {
            reports.register(own);
            return true;
        }
        boolean isOwn = reports.register(own, revision) instanceof Written.At;
        hadIt |= isOwn;
        silent = Optional.empty();
        return isOwn;
    }
}
