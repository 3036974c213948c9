package io.nationtech.harmony.cli;

/** Whether text may have colour. */
enum Ink {
    COLOUR,
    PLAIN;

    /** What a piece of text says, and so its colour. */
    enum Tone {
        NORMAL(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        CHANGED("33"),
        BAD("31");

        private final String sgr;

        Tone(String sgr) {
            this.sgr = sgr;
        }
    }

    String paint(Tone tone, String text) {
        return this == PLAIN || tone == Tone.NORMAL ? text : "\u001b[%sm%s\u001b[0m".formatted(tone.sgr, text);
    }
}
