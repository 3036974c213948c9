package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ShareName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test's own machine cannot have: servers that do not answer, automounters. */
class ShareMountsTest {
    private static final UnitName UNIT = new UnitName(DeploymentName.of("gallery"), ContainerName.of("web"));
    private static final Container WEB = Container.of(
                    UNIT.container(), ImageReference.of("registry.internal/gallery:1"), Memory.mebibytes(64))
            .with(Container.Storage.DEFAULT.sharing(
                    List.of(MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media")))));

    @TempDir
    private Path folder;

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome outcome() {
        return new ShareMounts(NodeShares.parse("photos=mount:/mnt/nas"), new Programs(List.of(), folder.toString()))
                .with(
                        UNIT,
                        WEB,
                        () -> false,
                        Outcome.Unchanged::new,
                        volumes -> new Outcome.Changed(volumes.toString()));
    }

    private String failure() {
        return assertInstanceOf(Outcome.Failed.class, outcome()).cause().what();
    }

    @Test
    void aServerThatDoesNotAnswerHoldsNobodyUp() throws IOException {
        program("realpath", "exec /bin/sleep 1000");
        program("findmnt", "echo '36 0:31 nfs4'");

        assertTrue(
                failure()
                        .matches("container 'web' has no share 'photos': folder /mnt/nas cannot be entered: "
                                + "`realpath .* …` did not end within 5 s and was killed"),
                "it says so");
    }

    @Test
    void whatAnAutomounterIsToMountIsNotThereYet() throws IOException {
        program("realpath", "echo /mnt/nas");
        program("findmnt", "echo '36 0:31 autofs'");

        assertEquals("container 'web' has no share 'photos': nothing is mounted at /mnt/nas", failure());

        program("findmnt", "echo '36 0:31 autofs'; echo '41 0:37 nfs4'");
        assertEquals(new Outcome.Changed("[/mnt/nas:/media:ro,rslave]"), outcome());
    }
}
