package io.nationtech.harmony.borrowed.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.capability.ShareFolder;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of volumes that are folders of the test. */
class BorrowedDataDriverTest extends ResourceDriverContract<BorrowedData> {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");

    @TempDir
    private Path folder;

    private static BorrowedData data(String name, String volume) {
        return new BorrowedData(
                ResourceName.of(name),
                new OfferedVolume(DeploymentName.of("downloads"), ServiceName.of("torrent"), DataName.of(volume)));
    }

    @BeforeEach
    void keepVolumes() throws IOException {
        for (String volume : List.of("library", "unfinished", "photos")) {
            Files.createDirectories(volume(DataName.of(volume)));
        }
    }

    private Path volume(DataName name) {
        return folder.resolve("volumes").resolve("downloads." + name);
    }

    private Path links() {
        return folder.resolve("links");
    }

    private BorrowedDataDriver driver() {
        return new BorrowedDataDriver(links());
    }

    @Override
    protected ResourceDriver<BorrowedData> begin() {
        return driver();
    }

    @Override
    protected BorrowedData first() {
        return data("player.downloads.library", "library");
    }

    @Override
    protected BorrowedData changed() {
        return data("player.downloads.library", "unfinished");
    }

    @Override
    protected BorrowedData other() {
        return data("player.downloads.photos", "photos");
    }

    @Override
    protected void damage(DeploymentName deployment, BorrowedData resource) {
        try {
            Files.delete(
                    links().resolve(deployment.value()).resolve(resource.name().value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Means means() {
        return new Means(SecretValues.none(), _ -> Optional.empty(), new NodeData() {
            @Override
            public Optional<Path> volume(DeploymentName deployment, DataName name) {
                return Optional.of(BorrowedDataDriverTest.this.volume(name))
                        .filter(at -> deployment.value().equals("downloads") && Files.exists(at));
            }

            @Override
            public ShareFolder share(ShareName share) {
                return NodeData.NONE.share(share);
            }

            @Override
            public List<String> command(
                    DeploymentName deployment,
                    ContainerName container,
                    Arguments program,
                    Map<String, String> environment) {
                return NodeData.NONE.command(deployment, container, program, environment);
            }

            @Override
            public Hold hold(DeploymentName deployment, Set<ContainerName> containers, Rest rest) {
                return NodeData.NONE.hold(deployment, containers, rest);
            }
        });
    }

    @Test
    void whoMountsItFindsTheOwnersVolumeAlsoAfterARestart() {
        driver().converge(WEBSITE, first(), means());

        assertEquals(Optional.of(volume(DataName.of("library"))), driver().path(WEBSITE, first().id()));
        assertEquals(Optional.empty(), driver().path(DeploymentName.of("wiki"), first().id()));
    }

    @Test
    void whatIsNotThereIsToldAndLedToOnceItIs() throws IOException {
        Path library = volume(DataName.of("library"));
        BorrowedDataDriver driver = driver();
        driver.converge(WEBSITE, first(), means());
        Files.delete(library);

        Cause cause = assertInstanceOf(Outcome.Failed.class, driver.converge(WEBSITE, first(), means()))
                .cause();

        assertEquals(
                "deployment 'website' borrows volume 'library' of 'downloads', which is not on this node",
                cause.what());
        assertTrue(cause.next().contains("`harmony status downloads`"), cause::next);
        assertEquals(Optional.empty(), driver.path(WEBSITE, first().id()));
        ResourceStatus seen = driver.observe(WEBSITE).getFirst();
        assertEquals(Phase.STOPPED, seen.phase());
        assertEquals(Optional.of("its owner keeps no such volume on this node now"), seen.detail());
        assertTrue(Files.notExists(library), "nobody made it");

        Files.createDirectory(library);
        driver.converge(WEBSITE, first(), means());
        assertEquals(Optional.of(library), driver.path(WEBSITE, first().id()));
    }

    @Test
    void whoIsToHaveAnotherVolumeThatIsNotThereDoesNotHaveTheOneBefore() throws IOException {
        BorrowedDataDriver driver = driver();
        driver.converge(WEBSITE, first(), means());
        Files.delete(volume(DataName.of("unfinished")));

        assertInstanceOf(Outcome.Failed.class, driver.converge(WEBSITE, changed(), means()));

        assertEquals(Optional.empty(), driver.path(WEBSITE, changed().id()));
    }

    @Test
    void whatWasBorrowedStaysWhenItIsGivenBack() throws IOException {
        Path film = Files.writeString(volume(DataName.of("library")).resolve("film"), "a film");
        BorrowedDataDriver driver = driver();
        driver.converge(WEBSITE, first(), means());

        driver.remove(WEBSITE, first().id());

        assertEquals("a film", Files.readString(film));
        assertTrue(Files.notExists(links().resolve(WEBSITE.value())), "nothing is left of the way there");
    }
}
