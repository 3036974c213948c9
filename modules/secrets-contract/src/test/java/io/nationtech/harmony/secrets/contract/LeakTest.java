package io.nationtech.harmony.secrets.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.opentest4j.AssertionFailedError;

/** A search that found nothing would make every test that uses it green. */
class LeakTest {

    @Property(tries = 200)
    void itFindsAValueInEveryFormAmongOtherBytes(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 8, max = 40) String value,
            @ForAll @Size(max = 7) byte[] before,
            @ForAll @Size(max = 7) byte[] after) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        for (byte[] form : List.of(
                utf8,
                value.getBytes(StandardCharsets.UTF_16LE),
                value.getBytes(StandardCharsets.UTF_16BE),
                HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().withUpperCase().formatHex(utf8).getBytes(StandardCharsets.US_ASCII))) {
            assertTrue(Leak.of(value).isIn(joined(before, form, after)));
        }
        assertTrue(Leak.of(value).isIn(Base64.getEncoder().encode(joined(before, utf8, after))));
    }

    @Example
    void itFindsAValueInAFileItsNameAndAnException() throws Exception {
        Path folder = Files.createTempDirectory("harmony-leak");
        Path file = Files.writeString(folder.resolve("innocent"), "x");
        Leak leak = Leak.of("hunter2!");
        assertEquals(Optional.empty(), leak.firstFileIn(folder));
        Files.writeString(file, "password: hunter2!");
        assertThrows(AssertionFailedError.class, () -> leak.absentFromFilesIn(folder));
        Files.delete(file);
        Path named = Files.createFile(folder.resolve("hunter2!"));
        assertEquals(Optional.of(named), leak.firstFileIn(folder));
        Files.delete(named);
        Files.delete(folder);

        Exception nested = new IllegalStateException("outer", new IllegalArgumentException("no 'hunter2!'"));
        assertThrows(AssertionFailedError.class, () -> leak.absentFrom(nested));
    }

    @Example
    void itFindsNothingWhereNothingIs() {
        assertFalse(Leak.of("hunter2!").isIn("hunter2?".getBytes(StandardCharsets.UTF_8)));
        assertFalse(Leak.of("hunter2!").isIn(new byte[0]));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
