package io.nationtech.harmony.domain.hardware;

/** What a node runs on. */
public sealed interface PowerSource {

    /** Nothing tells. It satisfies no requirement. */
    record Unknown() implements PowerSource {}

    /** Mains, with no battery behind it. */
    record Mains() implements PowerSource {}

    /**
     * Mains, with a battery that takes over.
     *
     * @param percent how full it is, 0 to 100
     */
    record BackedMains(int percent) implements PowerSource {
        public BackedMains {
            Bounds.within("battery in percent", percent, 0, 100);
        }
    }

    /**
     * A battery, now.
     *
     * @param percent how full it is, 0 to 100
     */
    record Battery(int percent) implements PowerSource {
        public Battery {
            Bounds.within("battery in percent", percent, 0, 100);
        }
    }
}
