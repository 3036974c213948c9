package io.nationtech.harmony.domain;

/** What is done about a deployment that is not as declared any more, by whoever keeps an eye on it. */
public enum OnDrift {
    /** It is made as declared again, and told. */
    REPAIR,
    /** It is told, and nothing is changed: for what people repair themselves. */
    REPORT
}
