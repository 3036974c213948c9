package io.nationtech.harmony.programs;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was kept of what a program wrote. */
public final class Written {
    static final Written NOTHING = new Written(new byte[0], 0);

    private static final int LAST_LINES = 12;
    private final byte[] kept;
    private final long bytes;

    Written(byte[] kept, long bytes) {
        this.kept = kept;
        this.bytes = bytes;
    }

    /** What was kept; a copy. */
    public byte[] kept() {
        return kept.clone();
    }

    /** How much was written, kept or not; 0 where the program wrote into a file, or to nowhere. */
    public long bytes() {
        return bytes;
    }

    /** What was kept, as UTF-8; what is none is replaced. */
    public String text() {
        return new String(kept, StandardCharsets.UTF_8);
    }

    /** At most 12 lines, for people. */
    String lastLines() {
        List<String> lines = text().strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public String toString() {
        return text();
    }
}
