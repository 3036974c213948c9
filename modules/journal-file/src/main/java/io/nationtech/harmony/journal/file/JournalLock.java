package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.graph.Journals.Opening.Held;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The kernel's lock on a file that says who has it since when. It ends with its process.
 *
 * <p>Two traps. A process loses its locks on a file as soon as it closes any descriptor of that file (fcntl(2), "advisory record
 * locking"): so the file is opened once in a process, written through that descriptor only, and never opened while a thread of the
 * process has it. And whoever finds it locked may read it before the holder has written its name there: so the holder locks a
 * second byte once it has.
 */
final class JournalLock implements AutoCloseable {
    private static final long HELD = 0;
    private static final long NAMED = 1;
    private static final int LONGEST = 256;
    private static final int LOOKS = 100;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private static final ReentrantLock ASKING = new ReentrantLock();
    private static final Map<Path, Held> OF_THIS_PROCESS = new HashMap<>();

    private final Path file;
    private final FileChannel channel;

    /** What came of asking. */
    sealed interface Answer {
        record Taken(JournalLock lock) implements Answer {}

        record Refused(Held holder) implements Answer {}
    }

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Asks for the lock once.
     *
     * @param folder which exists
     * @param name of the file there
     * @param asking who wants it, and the time by their clock
     */
    static Answer ask(Path folder, String name, Held asking) throws IOException {
        Path known = folder.toRealPath().resolve(name);
        ASKING.lock();
        try {
            Held here = OF_THIS_PROCESS.get(known);
            return here == null ? askOthers(known, asking) : new Answer.Refused(here);
        } finally {
            ASKING.unlock();
        }
    }

    private static Answer askOthers(Path file, Held asking) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Answer> answer = askOnce(file, asking);
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return new Answer.Refused(new Held(Author.of("somebody"), asking.since()));
    }

    /** Empty when another process has it, and has not yet said who it is. */
    private static Optional<Answer> askOnce(Path file, Held asking) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(HELD, 1, false) != null) {
                write(channel, asking);
                channel.lock(NAMED, 1, false);
                OF_THIS_PROCESS.put(file, asking);
                return Optional.of(new Answer.Taken(new JournalLock(file, channel)));
            }
            Optional<Answer> holder = channel.tryLock(NAMED, 1, false) == null
                    ? read(channel).map(Answer.Refused::new)
                    : Optional.empty();
            channel.close();
            return holder;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private static void write(FileChannel channel, Held holder) throws IOException {
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap("%s %s%n".formatted(holder.by(), holder.since()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Empty when it changed hands meanwhile. */
    private static Optional<Held> read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        channel.read(bytes, 0);
        String[] words = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", -1);
        try {
            return Optional.of(new Held(Author.of(words[0]), Instant.parse(words[words.length - 1])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        ASKING.lock();
        try {
            channel.close();
            OF_THIS_PROCESS.remove(file);
        } finally {
            ASKING.unlock();
        }
    }
}
