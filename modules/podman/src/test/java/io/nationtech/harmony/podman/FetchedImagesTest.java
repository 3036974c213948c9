package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of images; that podman's go and stay accordingly, {@link ContainerRuntimeContract} shows. */
class FetchedImagesTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final ContainerName WEB = ContainerName.of("web");
    private static final ImageReference ONE = ImageReference.of("registry.internal/site:1");
    private static final ImageReference TWO = ImageReference.of("registry.internal/site:2");

    @TempDir
    private Path folder;

    @Test
    void whatWasFetchedForWhomIsKnownAgainAfterARestart() {
        FetchedImages first = open();
        fetch(first, ONE);
        first.settled(SHOP, Map.of(WEB, ONE), _ -> false);
        fetch(open(), TWO);
        open().settled(SHOP, Map.of(WEB, TWO), _ -> false);

        assertEquals(List.of(), removed(open(), Map.of(WEB, TWO)), "one to go back to");
        assertEquals(List.of(ONE, TWO), removed(open(), Map.of()));
        assertEquals(List.of(), removed(open(), Map.of()), "what is gone is forgotten");
    }

    @Test
    void whatCouldNotBeRemovedIsTriedAgain() {
        FetchedImages images = open();
        fetch(images, ONE);
        images.settled(SHOP, Map.of(), _ -> false);

        assertEquals(List.of(ONE), removed(open(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000\u0001",
                "fetched",
                "fetched ../../etc/passwd",
                "forgotten registry.internal/site:1",
                "GOOD shop web registry.internal/site:1",
                "GOOD ../shop web registry.internal/site:1",
                "BAD shop web registry.internal/site:1"
            })
    void ofAnotherOrBrokenLineNothingIsRemoved(String line) throws IOException {
        Files.writeString(folder.resolve("images"), line);

        assertEquals(List.of(), removed(open(), Map.of()));
    }

    @Test
    void withoutADiskItGoesOnWithWhatItRemembers() throws IOException {
        FetchedImages images =
                new FetchedImages(Files.createFile(folder.resolve("file")).resolve("images"));
        fetch(images, ONE);

        assertEquals(List.of(ONE), removed(images, Map.of()));
    }

    private FetchedImages open() {
        return new FetchedImages(folder.resolve("images"));
    }

    private static void fetch(FetchedImages images, ImageReference image) {
        images.want(new UnitName(SHOP, WEB), image);
        images.fetched(image);
    }

    private static List<ImageReference> removed(FetchedImages images, Map<ContainerName, ImageReference> declared) {
        List<ImageReference> removed = new ArrayList<>();
        images.settled(SHOP, declared, removed::add);
        return removed.stream().sorted((a, b) -> a.value().compareTo(b.value())).toList();
    }
}
