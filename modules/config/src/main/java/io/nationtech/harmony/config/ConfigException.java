package io.nationtech.harmony.config;

/** A configuration is incomplete or wrong; the message names every such value at once, and no secret. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;

    ConfigException(Explanation explanation) {
        super(message(explanation));
        this.explanation = explanation;
    }

    /** Every value, the good ones too. */
    public Explanation explanation() {
        return explanation;
    }

    private static String message(Explanation explanation) {
        long missing = count(explanation, Setting.State.Missing.class);
        long wrong = count(explanation, Setting.State.Invalid.class)
                + explanation.problems().size();
        return "the configuration is not complete: %d missing, %d wrong%n%s"
                .formatted(missing, wrong, explanation.complaints());
    }

    private static long count(Explanation explanation, Class<? extends Setting.State> state) {
        return explanation.settings().stream()
                .filter(setting -> state.isInstance(setting.state()))
                .count();
    }
}
