package io.nationtech.harmony.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.corpus.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    private static final String VERSION =
            Rule.class.getModule().getDescriptor().rawVersion().orElseThrow();

    /** The checker knows no other module, and so counts by itself. */
    @Test
    void theCheckerAndWhoeverLooksCountAlike(@TempDir Path folder) throws IOException {
        Path classes = Built.compiled(CANARY.right(), folder);

        assertEquals(Optional.empty(), Stamp.missing(ModuleFiles.of(classes), "here", VERSION));
    }

    @Test
    void whatDoesNotCompileIsNotStamped(@TempDir Path folder) throws IOException {
        Built.compiled(CANARY.right().replace("Port.of(port)", "Port.of(0)"), folder);

        assertEquals(false, Files.exists(folder.resolve("classes/META-INF/harmony/checked")));
    }

    private static final Case CANARY = Case.named("graph/allow-without-reason");
}
