package io.nationtech.harmony.hardware.source;

import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One look of one source at a tree. What is not there is empty; what is there but cannot be read, or says what cannot be, is empty
 * and noted. For one thread.
 */
public final class Look {
    private static final int MOST_BYTES = 4_096;
    private static final int MOST_NOTES = 16;

    private final ModelName source;
    private final Tree tree;
    private final List<Unread> unread = new ArrayList<>();

    public Look(ModelName source, Tree tree) {
        this.source = source;
        this.tree = tree;
    }

    /** A file's text without blanks around it, its first 4096 bytes; bytes that are not UTF-8 become U+FFFD. */
    public Optional<String> text(String path) {
        return text(path, MOST_BYTES);
    }

    /** The same with another bound. */
    public Optional<String> text(String path, int most) {
        try {
            return content(path, most);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            unread(path, why(e));
            return Optional.empty();
        }
    }

    /** The same of a file that may well refuse to be read, as {@code speed} of a link that is down: that is not noted. */
    public Optional<String> textIfAny(String path) {
        try {
            return content(path, MOST_BYTES);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A file's bytes; for what is no text. */
    public Optional<byte[]> bytes(String path, int most) {
        try {
            return Optional.of(tree.read(path, most));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            unread(path, why(e));
            return Optional.empty();
        }
    }

    private Optional<String> content(String path, int most) throws IOException {
        return Optional.of(new String(tree.read(path, most), StandardCharsets.UTF_8)
                        .replace('\0', ' ')
                        .strip())
                .filter(text -> !text.isEmpty());
    }

    /** A whole number in decimal. */
    public Optional<Long> number(String path) {
        return text(path).flatMap(text -> value(path, () -> Long.parseLong(text)));
    }

    /** A whole number in hexadecimal, with {@code 0x} before it or not. */
    public Optional<Integer> hexadecimal(String path) {
        return text(path)
                .flatMap(text ->
                        value(path, () -> Integer.parseInt(text.startsWith("0x") ? text.substring(2) : text, 16)));
    }

    /** The names in a folder, sorted; none when it is not there. */
    public List<String> names(String folder) {
        try {
            return tree.names(folder);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            unread(folder, why(e));
            return List.of();
        }
    }

    /** The last name of what a link points to: in sysfs, a driver, a subsystem, a device. */
    public Optional<String> target(String link) {
        return Optional.of(targetPath(link))
                .map(target -> target.substring(target.lastIndexOf('/') + 1))
                .filter(name -> !name.isEmpty());
    }

    /** All of what a link points to; empty where it is none. */
    public String targetPath(String link) {
        try {
            return tree.target(link);
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether there is something at the path. */
    public boolean exists(String path) {
        return tree.exists(path);
    }

    /** The bytes that are free in the file system of a folder. */
    public Optional<Long> usable(String folder) {
        return bytes(folder, tree::usable);
    }

    /** The bytes of the whole file system of a folder. */
    public Optional<Long> size(String folder) {
        return bytes(folder, tree::size).filter(bytes -> bytes > 0);
    }

    /** Asks a tree for an amount. */
    private interface Amount {
        long of(String folder) throws IOException;
    }

    private Optional<Long> bytes(String folder, Amount amount) {
        try {
            return Optional.of(amount.of(folder));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            unread(folder, why(e));
            return Optional.empty();
        }
    }

    /** A value made of what was read; noted where a value type refuses it, or it is no number. */
    public <T> Optional<T> value(String path, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InvalidValueException | NumberFormatException | ArithmeticException e) {
            unread(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Notes what could not be found out. */
    public void unread(String path, String why) {
        Unread note = new Unread(source, ModelName.cleaned("/" + path), ModelName.cleaned(why));
        if (unread.size() < MOST_NOTES && !unread.contains(note)) {
            unread.add(note);
        }
    }

    /** What came of the look. */
    public Findings findings(List<? extends Fact> facts) {
        return new Findings(List.copyOf(facts), unread);
    }

    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> Optional.ofNullable(e.getMessage()).orElse("cannot be read");
        };
    }
}
