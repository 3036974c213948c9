package io.nationtech.harmony.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.contract.ResourceDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileDriverTest extends ResourceDriverContract<ConfigFile> {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final MountedSecret TOKEN = new MountedSecret(SecretRef.of("token"), 1);
    private static final Means WITH_TOKEN = new Means(
            (_, reader) -> {
                reader.accept("hunter2".getBytes(StandardCharsets.UTF_8));
                return Optional.empty();
            },
            _ -> Optional.empty(),
            NodeData.NONE);

    @TempDir
    private Path folder;

    @Override
    protected ResourceDriver<ConfigFile> begin() {
        return driver();
    }

    @Override
    protected ConfigFile first() {
        return ConfigFile.of("a.conf", "one");
    }

    @Override
    protected ConfigFile changed() {
        return ConfigFile.of("a.conf", "two");
    }

    @Override
    protected ConfigFile other() {
        return ConfigFile.of("b.conf", "other");
    }

    @Override
    protected void damage(DeploymentName deployment, ConfigFile resource) {
        files(disk()).forEach(file -> {
            try {
                Files.delete(file);
                Files.writeString(file, "edited by hand");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void eachContentHasAPathOfItsOwnAndTheOldOneStaysForWhoMountsIt() throws IOException {
        ConfigFileDriver driver = driver();
        driver.converge(WEBSITE, first(), Means.NONE);
        Path one = driver.path(WEBSITE, first().id()).orElseThrow();
        driver.converge(WEBSITE, changed(), Means.NONE);
        Path two = driver.path(WEBSITE, first().id()).orElseThrow();

        assertNotEquals(one, two);
        assertEquals("one", Files.readString(one));
        assertEquals("two", Files.readString(two));
        assertEquals("r--r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(two)));
    }

    /** Each ends what it was not told of, and would end the other's. */
    @Test
    void agentsOnOneMachineKeepTheirSecretFilesApart() {
        ResourceDriver<?> first = ofAgent("node-1");
        ((ConfigFileDriver) first)
                .converge(WEBSITE, ConfigFile.of("a.conf", "token ").then(TOKEN.ref()), WITH_TOKEN);

        assertEquals(1, first.observe(WEBSITE).size());
        assertEquals(List.of(), ofAgent("node-2").observe(WEBSITE));
    }

    private ResourceDriver<?> ofAgent(String node) {
        return ConfigFileDriver.provider()
                .driver(new NodeContext(
                        NodeId.of(node),
                        folder.resolve(node),
                        folder.resolve("run"),
                        _ -> Optional.empty(),
                        InstantSource.system(),
                        System::nanoTime))
                .orElseThrow();
    }

    @Test
    void olderContentsDoNotPileUp() {
        ConfigFileDriver driver = driver();
        for (int i = 0; i < 30; i++) {
            driver.converge(WEBSITE, ConfigFile.of("a.conf", "content " + i), Means.NONE);
        }

        assertTrue(files(disk()).size() <= 10, () -> files(disk()).toString());
    }

    @Test
    void whatHoldsASecretIsInMemoryOnly() throws IOException {
        ConfigFileDriver driver = driver();
        ConfigFile file = ConfigFile.of("app.conf", "token=").then(TOKEN.ref()).then("\n");

        assertInstanceOf(Outcome.Changed.class, driver.converge(WEBSITE, file, WITH_TOKEN));

        Path path = driver.path(WEBSITE, file.id()).orElseThrow();
        assertTrue(path.startsWith(folder.resolve("memory")), path::toString);
        assertEquals("token=hunter2\n", Files.readString(path));
        assertEquals(List.of(), files(disk()));
    }

    @Test
    void withoutItsSecretThereIsNoFile() {
        ConfigFileDriver driver = driver();
        ConfigFile file = ConfigFile.of("app.conf", "token=").then(TOKEN.ref());

        assertInstanceOf(Outcome.Failed.class, driver.converge(WEBSITE, file, Means.NONE));

        assertEquals(List.of(), driver.observe(WEBSITE));
        assertEquals(Optional.empty(), driver.path(WEBSITE, file.id()));
    }

    @Test
    void whatAPowerCutLeftHalfWrittenIsNoFileAndIsWrittenOver() throws IOException {
        ConfigFileDriver driver = driver();
        driver.converge(WEBSITE, first(), Means.NONE);
        Path whole = driver.path(WEBSITE, first().id()).orElseThrow();
        Files.move(whole, whole.resolveSibling(whole.getFileName() + ".new"));

        ConfigFileDriver next = driver();
        assertEquals(List.of(), next.observe(WEBSITE));
        assertInstanceOf(Outcome.Changed.class, next.converge(WEBSITE, first(), Means.NONE));
        assertEquals("one", Files.readString(whole));
        assertFalse(Files.exists(whole.resolveSibling(whole.getFileName() + ".new")));
    }

    private ConfigFileDriver driver() {
        return new ConfigFileDriver(disk(), folder.resolve("memory"));
    }

    private Path disk() {
        return folder.resolve("disk");
    }

    private static List<Path> files(Path root) {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
