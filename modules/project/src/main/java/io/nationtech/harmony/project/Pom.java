package io.nationtech.harmony.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The build of a deployment module.
 *
 * @param group Maven's group of it, where it does not inherit that of a checkout of Harmony
 * @param artifact its name for Maven
 * @param version of Harmony
 * @param dependencies artifacts of Harmony that it needs
 */
public record Pom(String group, String artifact, String version, List<String> dependencies) {
    private static final String PARENT = """
              <parent>
                <groupId>io.nationtech.harmony</groupId>
                <artifactId>%s</artifactId>
                <version>%s</version>
                %s
              </parent>

            """;

    /** The parent of a checkout does not bring the rules of the graph, which it builds itself. */
    private static final String RULES = """

              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <configuration>
                      <annotationProcessorPaths combine.children="append">
                        <path>
                          <groupId>io.nationtech.harmony</groupId>
                          <artifactId>harmony-rules</artifactId>
                          <version>${project.version}</version>
                        </path>
                      </annotationProcessorPaths>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            """;

    public Pom {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * As text, for a folder: below {@code modules} of a checkout of Harmony it is a module of that, elsewhere it stands by itself.
     */
    public String in(Path folder) {
        return isCheckout(folder.toAbsolutePath().normalize()) ? inside() : alone();
    }

    /** As text, for wherever Maven finds Harmony's artifacts. */
    public String alone() {
        return project(PARENT.formatted("harmony-parent", version, "<relativePath/>")
                + "  <groupId>%s</groupId>\n  <artifactId>%s</artifactId>\n  <version>1-SNAPSHOT</version>\n"
                        .formatted(group, artifact)
                + needs());
    }

    private String inside() {
        return project(PARENT.formatted("harmony", version, "<relativePath>../../pom.xml</relativePath>")
                + "  <artifactId>%s</artifactId>\n".formatted(artifact)
                + needs()
                + RULES);
    }

    /**
     * A whole file of Maven's.
     *
     * @param content elements of the project, by two blanks, behind the version of the model
     */
    public static String project(String content) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                     xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
              <modelVersion>4.0.0</modelVersion>

            %s</project>
            """.formatted(content);
    }

    /** That an artifact of Harmony is needed, as an element of {@code dependencies}. */
    public static String dependency(String artifact) {
        return """
                <dependency>
                  <groupId>io.nationtech.harmony</groupId>
                  <artifactId>%s</artifactId>
                </dependency>
            """.formatted(artifact);
    }

    private String needs() {
        return dependencies.stream()
                .map(Pom::dependency)
                .collect(Collectors.joining("", "\n  <dependencies>\n", "  </dependencies>\n"));
    }

    private static boolean isCheckout(Path folder) {
        Path pom = folder.resolve("../../pom.xml").normalize();
        try {
            return Files.isRegularFile(pom) && Files.readString(pom).contains("<artifactId>harmony</artifactId>");
        } catch (IOException e) {
            return false;
        }
    }
}
