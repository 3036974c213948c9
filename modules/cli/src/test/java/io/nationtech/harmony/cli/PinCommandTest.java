package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module's folder, and a real registry with the images that it names. */
class PinCommandTest {
    private static final String MODULE =
            "module shop { requires io.nationtech.harmony.domain; provides io.nationtech.harmony.domain.DeploymentModule with shop.Shop; }";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    static Path images;

    private static LocalRegistry registry;

    @TempDir
    Path folder;

    @BeforeAll
    static void publish() {
        registry = LocalRegistry.start(images);
        registry.push("app", "1.2");
        registry.push("other", "stable");
    }

    @AfterAll
    static void end() {
        registry.close();
    }

    private String site = "";

    @BeforeEach
    void begin() {
        site = registry.host() + "/app:1.2";
    }

    /** The module's source: services as the test says, beside a comment and a text that quote their image. */
    private String source(String services) {
        return """
                package shop;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.check.Allow;
                import io.nationtech.harmony.domain.node.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;

                @Allow(rule = "image-versions-differ", because = "the test wants images that are alike in one deployment, and says how")
                @Allow(rule = "image-floats", because = "the test wants an image whose tag is a channel, and pins that as well")
                public final class Shop implements DeploymentModule {
                    interface Home extends ContainerRuntime {}

                    // ImageReference.of("%1$s") is "quoted" here, and in 'a' character
                    private static final String QUOTED = "ImageReference.of(\\"%1$s\\")";
                    private static final String OTHER = "%2$s/other:stable";

                    private static PrivateService service(String name, ImageReference image) {
                        return ContainerService.named(ServiceName.of(name))
                                .image(image).publishesNothing().withoutProbe().memoryLimit(Memory.mebibytes(64));
                    }

                    @Override
                    public Deployment<Home> deployment() {
                        return Deployment.named(DeploymentName.of("shop"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                %3$s
                                .provenBy(HealthSmokeTest.of(service("one", ImageReference.of("registry.internal/any:1"))));
                    }
                }
                """.formatted(site, registry.host(), services);
    }

    private Path file() {
        return folder.resolve("src/main/java/shop/Shop.java");
    }

    /** Compiled as Maven does, and not older than its source. */
    private void compile() throws IOException {
        Path classes = new Workshop(folder.resolve("workshop"))
                .compile("shop", MODULE, Map.of("shop/Shop.java", Files.readString(file())));
        Path target = folder.resolve("target");
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path to = target.resolve("classes").resolve(classes.relativize(each));
                Files.createDirectories(to.getParent());
                Files.copy(each, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path stamp = Files.writeString(target.resolve("harmony.modulepath"), "");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private Typed pin(String services, String... options) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(file(), source(services));
        compile();
        return typed(options);
    }

    private Typed typed(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "pin";
        words[1] = folder.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        return Typed.command(words);
    }

    @Test
    void writesDigestsBesideTagsAndNothingElse() throws IOException {
        String services = """
                .runs(service("one", ImageReference.of(
                        "%s"))) // as it is
                .runs(service("two", ImageReference.of("%1$s")))
                .runs(service("three", ImageReference.floating(OTHER)))""".formatted(site);
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));

        Typed typed = pin(services);

        assertEquals(0, typed.exitCode(), typed.err());
        String app = site + "@" + registry.digest("app", "1.2");
        String other = registry.host() + "/other:stable@" + registry.digest("other", "stable");
        String expected = source(services)
                .replace("of(\n        \"" + site, "of(\n        \"" + app)
                .replace("service(\"two\", ImageReference.of(\"" + site, "service(\"two\", ImageReference.of(\"" + app)
                .replace("OTHER = \"" + registry.host() + "/other:stable", "OTHER = \"" + other);
        assertEquals(expected, Files.readString(file()));
        assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertTrue(
                typed.out()
                        .contains("one, two   pinned: "
                                + registry.digest("app", "1.2").substring(0, 19)),
                typed.out());
        assertTrue(typed.out().contains("Shop.java:29, "), typed.out());
        assertTrue(typed.out().contains("Shop.java:30\n"), typed.out());
        assertTrue(typed.out().endsWith("\nNext: harmony check " + folder + "\n"), typed.out());
        assertTrue(typed.err().contains("@Allow(rule = \"image-floats\") is to go"), typed.err());

        compile();
        Typed again = typed("-o", "json");
        assertEquals(0, again.exitCode(), again.err());
        assertEquals(2, again.out().split("pinned-before", -1).length - 1, again.out());
        assertEquals(expected, Files.readString(file()));
    }

    @Test
    void writesNothingWhereItIsToTellOnly() throws IOException {
        String services = ".runs(service(\"one\", ImageReference.of(\"%s\")))".formatted(site);

        Typed typed = pin(services, "--dry-run", "--output", "json");

        assertEquals(0, typed.exitCode(), typed.err());
        assertTrue(typed.out().contains("\"would-be-pinned\""), typed.out());
        assertTrue(typed.out().contains(registry.digest("app", "1.2")), typed.out());
        assertEquals(source(services), Files.readString(file()));
    }

    @Test
    void pinsWhatItCanAndTellsTheRestWithItsLineAndWhatToDo() throws IOException {
        String services = """
                .runs(service("one", ImageReference.of("%1$s")))
                .runs(service("two", ImageReference.of("%1$s")))
                .runs(service("gone", ImageReference.of("%2$s/app:9")))
                .runs(service("away", ImageReference.of("127.0.0.1:1/app:1")))
                .runs(service("old", ImageReference.of("%2$s/app@%3$s")))
                .runs(service("new", ImageReference.of("%2$s/app:2")).updates(ImageUpdates.daily()))""".formatted(site, registry.host(), DIGEST);

        Typed typed = pin(services);

        assertEquals(1, typed.exitCode(), typed.out());
        assertEquals(
                source(services)
                        .replace(
                                "\", ImageReference.of(\"" + site,
                                "\", ImageReference.of(\"" + site + "@" + registry.digest("app", "1.2")),
                Files.readString(file()));
        assertTrue(typed.out().contains("pinned before"), typed.out());
        assertTrue(typed.out().contains("none: follows its tag"), typed.out());
        assertTrue(typed.err().contains("app:9' is: it has no such image (" + file() + ":30)"), typed.err());
        assertTrue(typed.err().contains("app:1' is: it cannot be reached (" + file() + ":31)"), typed.err());
    }

    @Test
    void leavesWordsThatAreNoTextOfTheirOwn() throws IOException {
        registry.push("app", "3");
        String services = """
                .runs(service("one", ImageReference.of("%1$s/app:" + "3")))
                .runs(service("text", image("%1$s/app:1.2")))""".formatted(registry.host());
        Files.createDirectories(file().getParent());
        String helper = "    private static ImageReference image(String text) { return ImageReference.of(text); }\n";
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        String source = source(services)
                .replace("    private static PrivateService", helper + "    private static PrivateService");
        Files.writeString(file(), source);
        compile();

        Typed typed = typed();

        assertEquals(1, typed.exitCode(), typed.out());
        assertEquals(source, Files.readString(file()));
        assertTrue(
                typed.err().contains("/app:3' are put together, or not in this module (" + file() + ":29)"),
                typed.err());
        assertTrue(
                typed.err().contains("/app:1.2' stands in a text that may be more than an image (" + file() + ":30)"),
                typed.err());
        assertTrue(
                typed.err().contains("write ImageReference.of(\"" + site + "@" + registry.digest("app", "1.2") + "\")"),
                typed.err());
    }

    @Test
    void refusesAJar() throws IOException {
        Path jar = Files.writeString(folder.resolve("shop.jar"), "");

        Typed typed = Typed.command("pin", jar.toString());

        assertEquals(4, typed.exitCode());
        assertTrue(typed.err().contains("there are no sources to write digests into"), typed.err());
        assertFalse(typed.err().contains("unforeseen"), typed.err());
    }
}
