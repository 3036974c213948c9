package io.nationtech.harmony.secrets.contract;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** Searches what a program left behind for a secret's value: as it is, in UTF-16, Base64 at every offset, hex, and URL form. */
public final class Leak {
    private final List<byte[]> forms;

    private Leak(List<byte[]> forms) {
        this.forms = forms;
    }

    /** A search for a value of at least 8 characters. */
    public static Leak of(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(utf8);
        Stream<String> texts =
                Stream.of(hex, hex.toUpperCase(Locale.ROOT), URLEncoder.encode(value, StandardCharsets.UTF_8));
        Stream<byte[]> utf16 =
                Stream.of(value.getBytes(StandardCharsets.UTF_16BE), value.getBytes(StandardCharsets.UTF_16LE));
        Stream<byte[]> base64 = IntStream.range(0, 3).mapToObj(offset -> base64(utf8, offset));
        return new Leak(
                Stream.of(Stream.of(utf8), utf16, base64, texts.map(text -> text.getBytes(StandardCharsets.US_ASCII)))
                        .flatMap(found -> found)
                        .toList());
    }

    /** Fails when the value stands in these bytes. */
    public void absentFrom(String what, byte[] bytes) {
        if (isIn(bytes)) {
            Assertions.fail("the secret's value stands in " + what);
        }
    }

    /** Fails when the value stands in this text. */
    public void absentFrom(String what, String text) {
        absentFrom(what, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails when the value stands in an exception, its causes or what it suppressed. */
    public void absentFrom(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        absentFrom(thrown.getClass().getName(), trace.toString());
    }

    /** Fails when the value stands in a file below a folder, or in a file's name. */
    public void absentFromFilesIn(Path folder) throws IOException {
        firstFileIn(folder).ifPresent(file -> Assertions.fail("the secret's value stands in " + file));
    }

    /** Whether the value stands in these bytes, in any form. */
    public boolean isIn(byte[] bytes) {
        return forms.stream().anyMatch(form -> contains(bytes, form));
    }

    /** A file below a folder that has the value in it. */
    public Optional<Path> firstFileIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isIn(read(file)) || isIn(file.toString().getBytes(StandardCharsets.UTF_8)))
                    .findFirst();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of the Base64 form does not depend on the neighbours, when the value begins at this offset of a group of three. */
    private static byte[] base64(byte[] value, int offset) {
        byte[] shifted = new byte[offset + value.length];
        System.arraycopy(value, 0, shifted, offset, value.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int dependent = shifted.length % 3 == 0 ? 0 : 1;
        int first = offset == 0 ? 0 : offset + 1;
        return encoded.substring(first, encoded.length() - dependent).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean contains(byte[] bytes, byte[] form) {
        for (int start = 0; start <= bytes.length - form.length; start++) {
            if (bytes[start] == form[0] && Arrays.equals(bytes, start, start + form.length, form, 0, form.length)) {
                return true;
            }
        }
        return false;
    }
}
