package io.nationtech.harmony.installer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** All consoles of the machine at once: nobody knows at which one somebody sits. One that fails is left out. */
final class Screens {
    private static final Path ACTIVE = Path.of("/sys/class/tty/console/active");
    private static final int MOST_TYPED = 200;
    private static final int WIDTH = 40;

    private final List<Screen> screens = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> typed = new LinkedBlockingQueue<>(100);

    /** What a console can show. */
    enum Movement {
        /** A line may be drawn again. */
        LIVE,
        /** A line is there for good, as on a serial line that is written down. */
        LINES
    }

    /** One console. */
    record Screen(OutputStream out, InputStream in, Movement movement) {}

    Screens(List<Screen> all) {
        screens.addAll(all);
        screens.forEach(screen -> Thread.ofPlatform().daemon().name("typed").start(() -> read(screen.in())));
    }

    /** Those that the kernel writes to, and the journal. */
    static Screens ofMachine() {
        Screen journal = new Screen(System.out, InputStream.nullInputStream(), Movement.LINES);
        return new Screens(Stream.concat(names().flatMap(Screens::open), Stream.of(journal))
                .toList());
    }

    private static Stream<String> names() {
        try {
            return Stream.of(Files.readString(ACTIVE).strip().split(" ", -1));
        } catch (IOException e) {
            return Stream.of("console");
        }
    }

    private static Stream<Screen> open(String name) {
        Path device = Path.of("/dev", name);
        try {
            return Stream.of(new Screen(
                    Files.newOutputStream(device),
                    Files.newInputStream(device),
                    name.matches("tty[0-9]+") ? Movement.LIVE : Movement.LINES));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private void read(InputStream in) {
        try (Scanner lines = new Scanner(in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine().strip();
                typed.offer(line.substring(0, Math.min(MOST_TYPED, line.length())));
            }
        }
    }

    void say(String line) {
        // A console in the kernel's own mode needs both.
        write(line.replace("\n", "\r\n") + "\r\n", screens);
    }

    /** Asks, and waits for whoever comes by, however long that takes. */
    String ask(String question) throws InterruptedException {
        write(question + " ", screens);
        return typed.take();
    }

    /** How much of something is done, 0 to 100: from time to time on each, as it can show it. */
    Progress progress(String what) {
        return new Progress(what);
    }

    /** One thing that takes long. */
    final class Progress {
        private final String what;
        private int told = -1;

        private Progress(String what) {
            this.what = what;
        }

        synchronized void at(int percent) {
            if (percent <= told) {
                return;
            }
            int filled = percent * WIDTH / 100;
            String bar = "\r%s [%s%s] %3d %%%s"
                    .formatted(
                            what,
                            "#".repeat(filled),
                            " ".repeat(WIDTH - filled),
                            percent,
                            percent == 100 ? "\r\n" : "");
            write(bar, of(Movement.LIVE));
            if (percent / 10 > told / 10 || told < 0) {
                write("%s: %d %%\r\n".formatted(what, percent), of(Movement.LINES));
            }
            told = percent;
        }
    }

    private List<Screen> of(Movement movement) {
        return screens.stream().filter(screen -> screen.movement() == movement).toList();
    }

    private void write(String text, List<Screen> to) {
        for (Screen screen : to) {
            try {
                screen.out().write(text.getBytes(StandardCharsets.UTF_8));
                screen.out().flush();
            } catch (IOException e) {
                screens.remove(screen);
            }
        }
    }
}
