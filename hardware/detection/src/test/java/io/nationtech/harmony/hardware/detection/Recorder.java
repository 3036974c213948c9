package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes down what the sources ask of this machine, as a tree for {@code hardware/trees}: run it, read what it wrote, and take out
 * whatever tells one machine from others of its kind. Of udev's notes and of mounts it takes only what sources look for.
 */
final class Recorder implements Tree {
    private final Tree tree = LiveTree.ofThisMachine();
    private final Map<String, String> entries = new TreeMap<>();

    public static void main(String[] arguments) {
        Recorder recorder = new Recorder();
        for (HardwareSource source : AllSources.list()) {
            source.detect(recorder);
        }
        recorder.entries.values().forEach(System.out::println);
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        try {
            byte[] bytes = tree.read(path, most);
            entries.put(path, written(path, bytes));
            return bytes;
        } catch (IOException e) {
            throw noted(path, e);
        }
    }

    private IOException noted(String path, IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            String why = e instanceof AccessDeniedException
                    ? "permission denied"
                    : e instanceof FileSystemException file && file.getReason() != null
                            ? file.getReason()
                            : String.valueOf(e.getMessage());
            entries.put(path, path + " ! " + why);
        }
        return e;
    }

    private static String written(String path, byte[] bytes) {
        if (bytes.length > 0 && bytes[0] < ' ') {
            StringBuilder hex = new StringBuilder();
            for (byte one : bytes) {
                hex.append("\\x%02X".formatted(one & 0xFF));
            }
            return path + "\n\t" + hex;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        List<String> lines =
                text.lines().filter(line -> isLookedFor(path, line)).toList();
        return lines.size() == 1 && !text.contains("\n")
                ? path + " = " + lines.getFirst()
                : path + lines.stream().map(line -> "\n\t" + line).collect(Collectors.joining());
    }

    private static boolean isLookedFor(String path, String line) {
        if (path.startsWith("run/udev/data/")) {
            return line.startsWith("E:ID_FS_USAGE=") || line.startsWith("E:ID_V4L_CAPABILITIES=");
        }
        return (!path.endsWith("mountinfo") || line.contains(" - ") && line.contains(" /dev/"))
                && !line.startsWith("Serial");
    }

    @Override
    public List<String> names(String folder) throws IOException {
        try {
            List<String> names = tree.names(folder);
            names.forEach(name -> entries.putIfAbsent(folder + "/" + name, folder + "/" + name));
            return names;
        } catch (IOException e) {
            throw noted(folder, e);
        }
    }

    @Override
    public String target(String link) throws IOException {
        String target = tree.target(link);
        entries.put(link, link + " -> " + target);
        return target;
    }

    @Override
    public boolean exists(String path) {
        boolean isThere = tree.exists(path);
        if (isThere) {
            entries.putIfAbsent(path, path);
        }
        return isThere;
    }

    @Override
    public long usable(String folder) throws IOException {
        long usable = tree.usable(folder);
        entries.put(folder, "%s free %d of %d".formatted(folder, usable, tree.size(folder)));
        return usable;
    }

    @Override
    public long size(String folder) throws IOException {
        return tree.size(folder);
    }
}
