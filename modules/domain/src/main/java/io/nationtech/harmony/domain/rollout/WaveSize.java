package io.nationtech.harmony.domain.rollout;

import io.nationtech.harmony.domain.value.InvalidValueException;

/** How many nodes whose running work is changed may be out of service at the same time. */
public sealed interface WaveSize {

    /** So many nodes, of whichever failure domain: 1 and up. */
    record Nodes(int most) implements WaveSize {
        public Nodes {
            if (most < 1) {
                throw new InvalidValueException("a wave of %d nodes changes nothing; write 1 or more".formatted(most));
            }
        }
    }

    /** So many of a hundred nodes that are changed, at least one, of whichever failure domain: 1 to 100. */
    record Share(int percent) implements WaveSize {
        public Share {
            requirePercent(percent);
        }
    }

    /** The same, and only nodes of one failure domain: whoever spreads over domains loses one of them at most. */
    record ShareOfOneDomain(int percent) implements WaveSize {
        public ShareOfOneDomain {
            requirePercent(percent);
        }
    }

    /**
     * @throws InvalidValueException when {@code most} is less than 1
     */
    static WaveSize nodes(int most) {
        return new Nodes(most);
    }

    /**
     * @throws InvalidValueException when {@code percent} is outside 1..100
     */
    static WaveSize share(int percent) {
        return new Share(percent);
    }

    /**
     * @throws InvalidValueException when {@code percent} is outside 1..100
     */
    static WaveSize shareOfOneDomain(int percent) {
        return new ShareOfOneDomain(percent);
    }

    /** How many of so many nodes, 1 and up. */
    default int of(int nodes) {
        return switch (this) {
            case Nodes(int most) -> most;
            case Share(int percent) -> part(nodes, percent);
            case ShareOfOneDomain(int percent) -> part(nodes, percent);
        };
    }

    private static int part(int nodes, int percent) {
        return Math.max(1, Math.ceilDiv(nodes * percent, 100));
    }

    private static void requirePercent(int percent) {
        if (percent < 1 || percent > 100) {
            throw new InvalidValueException("a share of %d %% is outside 1..100".formatted(percent));
        }
    }
}
