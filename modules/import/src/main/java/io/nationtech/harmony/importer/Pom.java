package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The build of a module: below {@code modules} of a checkout of Harmony by its parent, elsewhere by itself. */
final class Pom {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                     xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
              <modelVersion>4.0.0</modelVersion>

            """;
    private static final String PARENT = """
              <parent>
                <groupId>io.nationtech.harmony</groupId>
                <artifactId>harmony</artifactId>
                <version>%2$s</version>
                <relativePath>../../pom.xml</relativePath>
              </parent>

              <artifactId>%1$s-deploy</artifactId>
              <name>Deployment: %1$s</name>

              <dependencies>
            %3$s  </dependencies>

              <build>
                <plugins>
                  <plugin>
                    <groupId>org.codehaus.mojo</groupId>
                    <artifactId>exec-maven-plugin</artifactId>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;
    private static final String ALONE = """
              <groupId>imported</groupId>
              <artifactId>%1$s-deploy</artifactId>
              <version>1-SNAPSHOT</version>
              <name>Deployment: %1$s</name>

              <properties>
                <harmony.version>%2$s</harmony.version>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>

              <dependencies>
            %3$s  </dependencies>

              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.16.0</version>
                    <configuration>
                      <annotationProcessorPaths>
                        <path>
                          <groupId>io.nationtech.harmony</groupId>
                          <artifactId>harmony-checker</artifactId>
                          <version>${harmony.version}</version>
                        </path>
                      </annotationProcessorPaths>
                    </configuration>
                  </plugin>
                  <plugin>
                    <groupId>org.codehaus.mojo</groupId>
                    <artifactId>exec-maven-plugin</artifactId>
                    <version>3.6.4</version>
                    <executions>
                      <execution>
                        <id>check-graph</id>
                        <phase>process-classes</phase>
                        <goals>
                          <goal>java</goal>
                        </goals>
                        <configuration>
                          <mainClass>io.nationtech.harmony.rules.BuildCheck</mainClass>
                          <arguments>
                            <argument>${project.build.outputDirectory}</argument>
                          </arguments>
                          <includePluginDependencies>true</includePluginDependencies>
                          <blockSystemExit>true</blockSystemExit>
                        </configuration>
                      </execution>
                    </executions>
                    <dependencies>
                      <dependency>
                        <groupId>io.nationtech.harmony</groupId>
                        <artifactId>harmony-rules</artifactId>
                        <version>${harmony.version}</version>
                      </dependency>
                    </dependencies>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private Pom() {}

    /**
     * @param folder where the module will be
     * @param version of Harmony
     * @param artifacts of Harmony that it needs
     */
    static String of(DeploymentName name, Path folder, String version, Iterable<String> artifacts) {
        boolean isInside = isCheckout(folder.toAbsolutePath().normalize());
        StringBuilder dependencies = new StringBuilder();
        for (String artifact : artifacts) {
            dependencies.append("""
                        <dependency>
                          <groupId>io.nationtech.harmony</groupId>
                          <artifactId>%s</artifactId>
                          <version>%s</version>
                        </dependency>
                    """.formatted(artifact, isInside ? "${project.version}" : "${harmony.version}"));
        }
        return HEAD + (isInside ? PARENT : ALONE).formatted(name, version, dependencies);
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
