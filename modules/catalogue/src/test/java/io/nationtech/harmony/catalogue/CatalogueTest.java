package io.nationtech.harmony.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.project.NewProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into a project, and what is left as it was. */
class CatalogueTest {
    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = folder.resolve("my-lab");
        new NewProject(DeploymentName.of("my-lab"), "1").files().write(project);
    }

    private static Application application(String name) {
        return Application.named(name).orElseThrow();
    }

    private List<Addition> add(String... names) {
        return Catalogue.add(
                project, Stream.of(names).map(CatalogueTest::application).toList(), "1.2.3");
    }

    private String refusal(String... names) {
        return assertThrows(AdditionRefusedException.class, () -> add(names))
                .why()
                .what();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> project.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(project.resolve(file));
    }

    @Test
    void anApplicationBecomesAModuleOfTheProject() throws IOException {
        Addition gitea = add("gitea").getFirst();

        assertEquals(
                List.of(
                        "modules/.gitignore",
                        "modules/.mvn/maven.config",
                        "modules/gitea/pom.xml",
                        "modules/gitea/src/main/java/module-info.java",
                        "modules/gitea/src/main/java/my_lab/gitea/Gitea.java",
                        "modules/pom.xml"),
                files().stream().filter(file -> file.startsWith("modules")).toList());
        assertEquals(project.resolve("modules/gitea"), gitea.module());
        assertEquals(
                List.of("harmony secret set gitea-db-password", "harmony secret set gitea-secret-key"),
                gitea.secrets().stream().map(Addition.Secret::command).toList());
        String source = Files.readString(gitea.source());
        assertTrue(source.startsWith("package my_lab.gitea;"), source);
        gitea.choices()
                .forEach(choice -> assertTrue(
                        source.lines().toList().get(choice.line() - 1).endsWith(choice.what())));
        assertTrue(read("modules/pom.xml").contains("<version>1.2.3</version>"));
    }

    @Test
    void anotherOneComesBesideItAndNothingElseChanges() throws IOException {
        add("gitea");
        Files.writeString(project.resolve("modules/gitea/src/main/java/my_lab/gitea/Gitea.java"), "mine");
        Files.writeString(
                project.resolve("modules/pom.xml"), read("modules/pom.xml").replace("gitea", "gitea<!-- mine -->"));

        add("mosquitto", "nextcloud");

        assertEquals("mine", read("modules/gitea/src/main/java/my_lab/gitea/Gitea.java"));
        assertTrue(read("modules/pom.xml").contains("""
                            <module>gitea<!-- mine --></module>
                            <module>mosquitto</module>
                            <module>nextcloud</module>
                          </modules>
                        """.replaceAll("(?m)^ {8}", "")), read("modules/pom.xml"));
    }

    @Test
    void whatItUsesComesAlongUnlessItIsThere() {
        assertEquals(
                List.of("frigate", "mosquitto"),
                add("frigate").stream()
                        .map(added -> added.application().name().value())
                        .toList());
        assertEquals("there is a module 'mosquitto' already, which is yours", refusal("mosquitto"));
    }

    @Test
    void whatIsThereIsLeftAsItIs() throws IOException {
        add("mosquitto");
        Path source = project.resolve("modules/mosquitto/src/main/java/my_lab/mosquitto/Mosquitto.java");
        Files.writeString(source, "mine");

        assertEquals(1, add("frigate").size());

        assertEquals("mine", Files.readString(source));
    }

    @Test
    void nothingHalfIsLeftWhereItCannotBeFinished() throws IOException {
        add("gitea");
        Files.createDirectory(project.resolve("modules/.pom.xml.new"));
        List<String> before = files();
        String list = read("modules/pom.xml");

        assertTrue(refusal("frigate").startsWith("the project cannot be written to"));

        assertEquals(before, files());
        assertEquals(list, read("modules/pom.xml"));
    }

    @Test
    void aFolderOfSomebodyElseIsNotTouched() throws IOException {
        Files.createDirectories(project.resolve("modules/mine"));
        assertEquals(
                "there is a folder of that name already, without a list of modules in a pom.xml", refusal("gitea"));

        Files.writeString(project.resolve("modules/pom.xml"), "<project/>");
        assertEquals("it has no line '  </modules>' before which a module could be named", refusal("gitea"));
        assertEquals("<project/>", read("modules/pom.xml"));
    }

    @Test
    void whereIsNoProjectIsSaid() {
        project = folder;

        assertEquals("there is no project here: no pom.xml with src/main/java/module-info.java", refusal("gitea"));
    }

    @Test
    void itRunsWhereTheProjectDoes() throws IOException {
        Path lab = project.resolve("src/main/java/my_lab/MyLab.java");
        Files.writeString(
                lab,
                Files.readString(lab)
                        .replace(
                                "TopologyName.of(\"home\"), Home.class, Site.of(\"home\")",
                                "TopologyName.of(\"office\"),\n    Home.class,\n    Site.of(\"bern\"), Site.of(\"basel\")"));

        String source = Files.readString(add("nextcloud").getFirst().source());

        assertTrue(
                source.contains(
                        "Topology.of(TopologyName.of(\"office\"), Home.class, Site.of(\"bern\"), Site.of(\"basel\"))"),
                source);
    }

    @Test
    void whereTheProjectsSitesCannotBeReadTheyAreTheOwnersToSay() throws IOException {
        Path lab = project.resolve("src/main/java/my_lab/MyLab.java");
        Files.writeString(lab, Files.readString(lab).replace("Topology.of(", "Elsewhere.of("));

        for (Addition added : add("mosquitto", "nextcloud")) {
            Addition.Choice choice = added.choices().getFirst();
            assertEquals("the sites; those of the project are not written as Topology.of(…)", choice.what());
            assertTrue(Files.readAllLines(added.source()).get(choice.line()).contains("Site.of(\"home\")"));
        }
    }

    @Test
    void nothingIsLeftOfNamesWhereTheTopologyHasNone() throws IOException {
        String source = Files.readString(add("nextcloud").getFirst().source());

        assertEquals(
                List.of(),
                source.lines()
                        .filter(line -> line.matches(".*\\b(https|Ingress|HttpsUrl|TlsRouter|url)\\b.*"))
                        .toList());
        assertTrue(source.contains(";\n\nimport "), source);
    }
}
