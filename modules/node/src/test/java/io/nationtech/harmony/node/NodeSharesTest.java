package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ShareName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told of a container with a share, which is not always there. */
class NodeSharesTest {
    private static final ShareName PHOTOS = ShareName.of("photos");

    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void begin() throws IOException {
        lab = new Lab(folder);
        lab.start();
        lab.awaitRegistered();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void aContainerWaitsForItsShareAndStartsByItselfOnceItIsThere() {
        Container web = lab.web("site:1");
        long revision = lab.tell(
                Lab.WEBSITE,
                web.with(web.storage().sharing(List.of(MountedShare.readOnly(PHOTOS, MountPath.of("/media"))))));

        assertEquals("container 'web' has no share 'photos'", failure());
        assertEquals(List.of(), lab.runtime.observe(Lab.WEBSITE));

        lab.runtime.mount(PHOTOS);
        lab.awaitConverged(Lab.WEBSITE, revision);

        lab.runtime.unmount(PHOTOS);
        assertEquals("container 'web' has no share 'photos'", failure());
        assertEquals(1, lab.runtime.observe(Lab.WEBSITE).size());
    }

    private String failure() {
        return assertInstanceOf(
                        Convergence.Failed.class, lab.awaitFailed(Lab.WEBSITE).convergence())
                .cause()
                .what();
    }
}
