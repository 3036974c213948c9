package io.nationtech.harmony.nats.identity;

/** Whose key it is: its text begins with the letter (NATS' ADR-14). */
public enum KeyKind {
    /** Who answers for all servers of a mesh. */
    OPERATOR('O', 14),
    /** What shares subjects and streams; roles sign with keys of this kind too. */
    ACCOUNT('A', 0),
    /** Who connects. */
    USER('U', 20);

    private static final int SEED = 18;
    private static final int SHIFT = 3;
    private static final int HIGH = 5;
    private static final int LOW_MASK = 31;

    private final char letter;
    private final int value;

    KeyKind(char letter, int value) {
        this.letter = letter;
        this.value = value;
    }

    char letter() {
        return letter;
    }

    /** What stands before a public key's bytes. */
    byte[] prefix() {
        return new byte[] {(byte) (value << SHIFT)};
    }

    /** What stands before a private key's bytes. */
    byte[] seedPrefix() {
        int own = value << SHIFT;
        return new byte[] {(byte) (SEED << SHIFT | own >> HIGH), (byte) ((own & LOW_MASK) << SHIFT)};
    }
}
