package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.Entry;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Who applies a deployment, as the lease's record has it: {@code author;since;session}.
 *
 * @param since by the holder's clock
 * @param session unlike every other's, as one author may apply from two windows
 */
record Holder(Author by, Instant since, String session) {
    private static final String SEPARATOR = ";";

    String text() {
        return String.join(SEPARATOR, by.value(), since.toString(), session);
    }

    /** Empty when nobody holds it. */
    static Optional<Holder> of(Entry lease) {
        String holder = lease.value().text().split(" ", 2)[0];
        return holder.equals("-") ? Optional.empty() : Optional.of(parse(holder, lease.written()));
    }

    /** Whoever cannot be read holds it all the same. */
    private static Holder parse(String text, Instant written) {
        try {
            int session = text.lastIndexOf(SEPARATOR);
            int since = text.lastIndexOf(SEPARATOR, session - 1);
            return new Holder(
                    Author.of(text.substring(0, since)),
                    Instant.parse(text.substring(since + 1, session)),
                    text.substring(session + 1));
        } catch (InvalidValueException | DateTimeException | IndexOutOfBoundsException e) {
            return new Holder(Author.of("somebody"), written, "");
        }
    }
}
