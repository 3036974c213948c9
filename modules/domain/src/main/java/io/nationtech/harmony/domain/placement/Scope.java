package io.nationtech.harmony.domain.placement;

/** How near "together" is. */
public enum Scope {
    NODE("node"),
    FAILURE_DOMAIN("failure domain"),
    SITE("site");

    private final String label;

    Scope(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
