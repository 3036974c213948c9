package io.nationtech.harmony.domain.placement;

/** Which of two nodes is better when both will do. */
public enum Packing {
    /** The fuller one, so that others stay free for large work or may be switched off. */
    PACK,
    /** The emptier one, so that each copy has air. */
    SPREAD_OUT
}
