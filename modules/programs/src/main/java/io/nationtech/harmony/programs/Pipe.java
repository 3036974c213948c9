package io.nationtech.harmony.programs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** One of the streams that a program writes to, read as far as something is there. For one thread. */
final class Pipe {
    private static final int AT_ONCE = 1 << 16;
    /** The most that a pipe holds (pipe(7)); whoever writes on after the program's end is not listened to longer. */
    private static final int MOST_LEFT = 1 << 20;

    private final InputStream stream;
    private final Sink sink;
    private final byte[] buffer;
    private long bytes;

    private Pipe(InputStream stream, Sink sink, int buffer) {
        this.stream = stream;
        this.sink = sink;
        this.buffer = new byte[buffer];
    }

    static Pipe of(Output output, InputStream stream) {
        return switch (output) {
            case Output.Kept kept -> new Pipe(stream, new Keeper(kept), AT_ONCE);
            case Output.Lines(Consumer<String> reader) -> new Pipe(stream, new Splitter(reader), AT_ONCE);
            case Output.InFile _, Output.Dropped _ ->
                new Pipe(InputStream.nullInputStream(), new Keeper(new Output.Kept(Output.Part.BEGINNING, 0)), 0);
        };
    }

    /** Takes what is there; returns whether there was anything. */
    boolean take() {
        try {
            int there = Math.min(stream.available(), buffer.length);
            int count = there > 0 ? stream.read(buffer, 0, there) : 0;
            if (count <= 0) {
                return false;
            }
            bytes += count;
            sink.take(buffer, count);
            return true;
        } catch (IOException e) {
            // It is closed, as the program is over.
            return false;
        }
    }

    /** Takes what is left of a program that ended, and tells what was kept. */
    Written rest() {
        long most = bytes + MOST_LEFT;
        while (bytes < most && take()) {
            // There may be more.
        }
        return new Written(sink.end(), bytes);
    }

    void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // There is nothing to be lost.
        }
    }

    /** What becomes of the bytes. */
    private sealed interface Sink {
        void take(byte[] bytes, int count);

        /** No more come; tells what was kept. */
        byte[] end();
    }

    private static final class Keeper implements Sink {
        private final Output.Kept what;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Keeper(Output.Kept what) {
            this.what = what;
        }

        @Override
        public void take(byte[] bytes, int count) {
            switch (what.part()) {
                case BEGINNING -> kept.write(bytes, 0, Math.min(count, what.most() - kept.size()));
                case ENDING -> {
                    kept.write(bytes, 0, count);
                    if (kept.size() > 2L * what.most()) {
                        byte[] ending = end();
                        kept.reset();
                        kept.writeBytes(ending);
                    }
                }
            }
        }

        @Override
        public byte[] end() {
            byte[] all = kept.toByteArray();
            return all.length > what.most() ? Arrays.copyOfRange(all, all.length - what.most(), all.length) : all;
        }
    }

    private static final class Splitter implements Sink {
        private static final int LONGEST_LINE = 1 << 16;
        private final Consumer<String> reader;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Splitter(Consumer<String> reader) {
            this.reader = reader;
        }

        @Override
        public void take(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    tell();
                } else if (line.size() < LONGEST_LINE) {
                    line.write(bytes[i]);
                }
            }
        }

        private void tell() {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            reader.accept(text);
        }

        @Override
        public byte[] end() {
            if (line.size() > 0) {
                tell();
            }
            return new byte[0];
        }
    }
}
