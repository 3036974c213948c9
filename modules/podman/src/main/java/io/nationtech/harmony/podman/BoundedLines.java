package io.nationtech.harmony.podman;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Lines of which somebody else determines the length: of a longer one only the beginning is kept. */
final class BoundedLines {
    /** Bytes. */
    static final int LONGEST = 64 << 10;

    private BoundedLines() {}

    /** Hands each line over as soon as it is whole, until the stream ends. */
    static void forEach(InputStream stream, Consumer<String> reader) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
            if (next == '\n') {
                reader.accept(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() < LONGEST) {
                line.write(next);
            }
        }
    }
}
