package io.nationtech.harmony.config;

import java.util.List;

/**
 * One value of a configuration, as people may see it.
 *
 * @param key its name
 * @param type what it should be, such as {@code DnsName}
 */
public record Setting(ConfigKey key, String type, State state) {
    /** What is shown of a secret, and of whatever comes from a secret store. */
    public static final String HIDDEN = "(secret)";

    /** How it stands with the value. */
    public sealed interface State {

        /**
         * There is one.
         *
         * @param shown its text, or {@link #HIDDEN}
         */
        record Known(Origin origin, String shown) implements State {}

        /** There is none, and none is needed. */
        record Unset() implements State {}

        /**
         * There is none, but one is needed.
         *
         * @param ways what to do, any one of them
         */
        record Missing(List<String> ways) implements State {
            public Missing {
                ways = List.copyOf(ways);
            }
        }

        /**
         * There is one that is not allowed, or its source cannot be read.
         *
         * @param next what to do
         */
        record Invalid(Origin origin, String why, String next) implements State {}
    }

    /** Whether a program can work with it. */
    public boolean isUsable() {
        return switch (state) {
            case State.Known known -> true;
            case State.Unset() -> true;
            case State.Missing missing -> false;
            case State.Invalid invalid -> false;
        };
    }

    /** Key, value and explanation. */
    List<String> cells() {
        return switch (state) {
            case State.Known(Origin origin, String shown) ->
                List.of(key.property(), printable(shown), origin.toString());
            case State.Unset() -> List.of(key.property(), "(not set)", "optional " + type);
            case State.Missing(List<String> ways) ->
                List.of(key.property(), "MISSING", "a %s; %s".formatted(type, String.join(", or ", ways)));
            case State.Invalid(Origin origin, String why, String next) ->
                List.of(key.property(), "INVALID", "%s (%s); %s".formatted(printable(why), origin, next));
        };
    }

    /** A value from outside must not steer the terminal that it is shown on. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
