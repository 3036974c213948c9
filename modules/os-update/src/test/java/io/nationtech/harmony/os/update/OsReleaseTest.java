package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OsReleaseTest {
    @TempDir
    private Path folder;

    private String manifest = "";

    @BeforeEach
    void begin() throws IOException {
        manifest = Files.readString(new TrialRelease(folder).manifest());
    }

    private static OsRelease parse(String text) throws UpgradeException {
        return OsRelease.parse(text.getBytes(StandardCharsets.UTF_8), "here");
    }

    @Test
    void whatALaterWriterAddsIsLeftOut() throws UpgradeException {
        assertEquals(parse(manifest), parse(manifest.replace("\"format\":1", "\"format\":1,\"channel\":\"stable\"")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "format":1           | "format":"1"            | the release is of format 1; this node knows format 1
            "format":1           | "form":1                | the release is of format none
            "version":"202602    | "version":"../202602    | field 'version'
            "sort":"usr-verity"  | "sort":"usr"            | there are 2 parts 'usr', not one
            "name":"harmony_     | "name":"../harmony_     | is not the name of a release's file
            "bytes":600000       | "bytes":-1              | -1 bytes are outside
            "bytes":600000       | "bytes":1e99            | not a whole number
            "bytes":600000       | "bytes":99999999999999  | bytes are outside
            "sha256":"           | "sha256":"x             | a SHA-256 has 64 digits
            "partition":"        | "partition":"../        | field 'parts[0]
            "partition":         | "partitions":           | has no partition
            {                    | [                       | not JSON
            """)
    void hostileManifestsAreRefused(String text, String other, String why) {
        assertTrue(manifest.contains(text), manifest);
        UpgradeException refused = assertThrows(
                UpgradeException.class, () -> parse(manifest.replaceFirst(java.util.regex.Pattern.quote(text), other)));
        assertTrue(refused.why().what().contains(why), () -> refused.why().toString());
    }

    @Test
    void aManifestThatIsTooDeepOrTooLongIsRefused() {
        UpgradeException deep = assertThrows(UpgradeException.class, () -> parse("[".repeat(20_000)));
        assertTrue(deep.why().what().contains("not JSON"), deep::getMessage);
        UpgradeException large = assertThrows(UpgradeException.class, () -> parse(manifest + " ".repeat(1 << 16)));
        assertTrue(large.why().what().contains("it has more than 65536 bytes"), large::getMessage);
    }
}
