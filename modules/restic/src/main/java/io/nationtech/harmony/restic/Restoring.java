package io.nationtech.harmony.restic;

import io.nationtech.harmony.domain.backup.SnapshotId;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.value.ResourceId;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A restore that is not over: whoever finds it goes on with it.
 *
 * @param work as whom it was asked for
 */
record Restoring(WorkId work, List<Copy> copies) {
    private static final String COPY = "copy.";

    Restoring {
        copies = List.copyOf(copies);
    }

    /** As a file's text. */
    String text() {
        Properties all = new Properties();
        all.setProperty("work", work.value());
        copies.forEach(
                copy -> all.setProperty(COPY + copy.data().path(), copy.id().value()));
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    /** Empty when it is no such text. */
    static Optional<Restoring> parse(String text) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(text));
            List<Copy> copies = new ArrayList<>();
            for (String name : all.stringPropertyNames()) {
                if (name.startsWith(COPY)) {
                    copies.add(new Copy(
                            ResourceId.parse(name.substring(COPY.length())), SnapshotId.of(all.getProperty(name))));
                }
            }
            return Optional.of(new Restoring(new WorkId(all.getProperty("work", "")), copies));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
