package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a journal's file says.
 *
 * @param length up to where it can be used: a last line that a power cut tore is not
 * @param entries how many there are
 */
record JournalFile(Ledger ledger, long length, int entries) {
    static final String HEADER = "harmony-journal 1\n";
    private static final String MAGIC = "harmony-journal ";

    static JournalFile read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new JournalFile(new Ledger(), 0, 0);
        }
        // Latin-1 keeps an offset in the text an offset in the file.
        return parse(file, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static JournalFile parse(Path file, String text) {
        if (text.length() < HEADER.length() && HEADER.startsWith(text)) {
            return new JournalFile(new Ledger(), 0, 0);
        }
        if (!text.startsWith(HEADER)) {
            throw new JournalException(foreign(file, text.lines().findFirst().orElse("")));
        }
        Ledger ledger = new Ledger();
        int entries = 0;
        int start = HEADER.length();
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            try {
                ledger.accept(EntryForm.read(text.substring(start, end)));
            } catch (InvalidValueException e) {
                if (end + 1 == text.length()) {
                    break;
                }
                throw new JournalException(damaged(file, entries + 2, e));
            }
            entries++;
            start = end + 1;
        }
        return new JournalFile(ledger, start, entries);
    }

    private static Cause foreign(Path file, String line) {
        String first = line.substring(0, Math.min(line.length(), 40));
        return line.startsWith(MAGIC)
                ? new Cause(
                        "the journal was written in form '%s'; form 1 is the newest known here"
                                .formatted(first.substring(MAGIC.length())),
                        file.toString(),
                        "upgrade Harmony here to the version that wrote it")
                : new Cause(
                        "this is not a journal: it begins '%s'".formatted(first),
                        file.toString(),
                        "restore the journal from a copy, or move this file away to begin a new one");
    }

    private static Cause damaged(Path file, int line, InvalidValueException why) {
        return new Cause(
                "line %d of the journal is damaged: %s".formatted(line, why.getMessage()),
                file + ":" + line,
                "restore the journal from a copy; or move it away: what is there is then adopted, but nothing is deleted");
    }
}
