package io.nationtech.harmony.domain.placement;

/** Whether work may leave its node while that is there, as when somebody is about to work on the node. */
public enum Mobility {
    /** Another copy starts elsewhere before this one ends. */
    MOVES,
    /** It must not run twice, so it is moved by hand only. */
    STAYS;

    /** What work does of which nothing is said. */
    public static final Mobility DEFAULT = MOVES;

    /** What a policy for lost nodes means for nodes that are there. */
    public static Mobility of(LossPolicy policy) {
        return switch (policy) {
            case LossPolicy.Moves _ -> MOVES;
            case LossPolicy.Stays _, LossPolicy.FollowsData _ -> STAYS;
        };
    }
}
