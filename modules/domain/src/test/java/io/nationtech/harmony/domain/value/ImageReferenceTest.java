package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageReferenceTest {
    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @Test
    void takesReferencesThatMeanTheSameEverywhere() {
        for (String reference : List.of(
                "registry.internal/website:1",
                "registry.example.org/team/app:1.2",
                "localhost/app:1",
                "localhost:5000/app:1",
                "127.0.0.1:5000/app:v1.0-rc_1",
                "Registry.Example.org/app:1",
                "registry.internal/a_b/c__d/e-f/g.h:1",
                "registry.internal/app" + DIGEST,
                "registry.internal/app:1.2" + DIGEST,
                "registry.internal/app:latest" + DIGEST,
                "registry.internal:65535/app:1",
                "registry.internal/app:" + "t".repeat(128))) {
            assertEquals(reference, ImageReference.of(reference).toString());
        }
    }

    @Test
    void refusesWhatIsNoReference() {
        for (String other : List.of(
                "",
                "/",
                "registry.internal/",
                "registry.internal/:1",
                "registry.internal/App:1",
                "registry.internal/a//b:1",
                "registry.internal/a_:1",
                "registry.internal/a:b:c",
                "registry.internal/app:",
                "registry.internal/app:-1",
                "registry.internal/app:" + "t".repeat(129),
                "registry.internal/app@sha256:12",
                "registry.internal/app@md5:" + "0".repeat(64),
                "registry.internal/app@sha256:" + "A".repeat(64),
                "registry.internal/app" + DIGEST + ":1",
                "registry..internal/app:1",
                "-registry.internal/app:1",
                "registry.internal-/app:1",
                "registry.internal:/app:1",
                "https://registry.internal/app:1",
                "registry.internal/app:1 --privileged",
                "registry.internal/app:1\n",
                "registry.internal/" + "a".repeat(512) + ":1")) {
            Refusal.of(() -> ImageReference.of(other), "'" + other + "'", "registry.example.org/site:1.2");
        }
    }

    @Test
    void refusesAReferenceWithoutRegistry() {
        Refusal.of(() -> ImageReference.of("library/nginx:1"), "names no registry", "'library'", "registry/name:tag");
        Refusal.of(() -> ImageReference.of("nginx:1"), "'nginx:1'", "registry");
        Refusal.of(() -> ImageReference.of("nginx"), "'nginx'", "registry");
    }

    @Test
    void refusesAReferenceThatFloats() {
        Refusal.of(
                () -> ImageReference.of("registry.internal/app"), "neither tag nor digest", "did you mean", "app:1'");
        Refusal.of(() -> ImageReference.of("registry.internal/app:latest"), "floats", "Name a version or a digest");
    }

    @Test
    void takesAReferenceThatFloatsWhereThatIsSaid() {
        assertEquals(
                "registry.internal/app:latest",
                ImageReference.floating("registry.internal/app:latest").value());
        Refusal.of(() -> ImageReference.floating("registry.internal/app"), "neither tag nor digest");
    }

    @Test
    void refusesARegistrysPortThatIsNone() {
        Refusal.of(() -> ImageReference.of("registry.internal:0/app:1"), "port 0", "1..65535");
        Refusal.of(() -> ImageReference.of("registry.internal:65536/app:1"), "port 65536", "1..65535");
    }

    @Test
    void tellsItsRepositoryAndItsTag() {
        for (String image : List.of("registry.internal:5000/team/app:1.2", "registry.internal/team/app:1.2" + DIGEST)) {
            assertEquals("team/app", ImageReference.of(image).repository());
            assertEquals(Optional.of("1.2"), ImageReference.of(image).tag());
        }
        ImageReference untagged = ImageReference.of("registry.internal:5000/app" + DIGEST);
        assertEquals("app", untagged.repository());
        assertEquals(Optional.empty(), untagged.tag());
    }

    @Test
    void isPinnedToAnImageOfTheSameRepository() {
        ImageDigest digest = ImageDigest.of("sha256:" + "0123456789abcdef".repeat(4));
        ImageReference byTag = ImageReference.of("registry.internal:5000/team/app:1.2");
        ImageReference pinned = ImageReference.of("registry.internal:5000/team/app@" + digest);

        assertEquals(pinned, byTag.pinnedTo(digest));
        assertEquals(pinned, pinned.pinnedTo(digest));
        assertEquals(pinned, ImageReference.of(byTag + "@" + digest).pinnedTo(digest));
        assertEquals(ImageReference.of(byTag + "@" + digest), byTag.withDigest(digest));
        assertEquals(byTag.withDigest(digest), byTag.withDigest(digest).withDigest(digest));
        assertEquals(Optional.empty(), byTag.digest());
        assertEquals(Optional.of(digest), pinned.digest());
        Refusal.of(() -> ImageDigest.of("sha256:12"), "'sha256:12' is not the digest", "64 hexadecimal digits");
    }
}
