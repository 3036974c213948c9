package io.nationtech.harmony.ingress;

/** What becomes of a name and password once the proxy has looked at them. */
public enum Credentials {
    /** The service does not get them. */
    REMOVED,
    /** The service gets them as they came, and may look at them again. */
    PASSED_ON
}
