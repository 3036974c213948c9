package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.project.Pom;
import io.nationtech.harmony.project.ProjectFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application as a module of a project: its build, its descriptor and its deployment.
 *
 * @param source its deployment, in the project's packages
 * @param needs those whose services it uses
 */
record ApplicationModule(Application application, Project project, Source source, List<Application> needs) {
    private static final String HARMONY = "io.nationtech.harmony";

    static ApplicationModule of(Application application, Project project) {
        return new ApplicationModule(application, project, application.source().in(project), application.needs());
    }

    ProjectFiles files() {
        return new ProjectFiles(new TreeMap<>(
                Map.of("pom.xml", pom(), "src/main/java/module-info.java", descriptor(), sourcePath(), source.text())));
    }

    /** In its folder. */
    String sourcePath() {
        return "src/main/java/%s/%s.java".formatted(packageName(application).replace('.', '/'), application.type());
    }

    private String packageName(Application one) {
        return project.packageName() + "." + one.part();
    }

    private String pom() {
        Stream<String> ofHarmony = source.modules().stream()
                .map(module -> Pom.dependency(
                        "harmony" + module.substring(HARMONY.length()).replace('.', '-')));
        Stream<String> ofProject = needs.stream().map(needed -> """
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>${project.version}</version>
                </dependency>
            """.formatted(project.packageName(), needed.name()));
        return Pom.project("""
              <parent>
                <groupId>%s</groupId>
                <artifactId>modules</artifactId>
                <version>1-SNAPSHOT</version>
              </parent>

              <artifactId>%s</artifactId>

              <dependencies>
            %s  </dependencies>
            """.formatted(
                        project.packageName(),
                        application.name(),
                        Stream.concat(ofHarmony, ofProject).collect(Collectors.joining())));
    }

    private String descriptor() {
        String own = packageName(application);
        boolean isUsed = source.isUsed();
        String requires = Stream.concat(
                        source.modules().stream().map(module -> (isUsed ? "transitive " : "") + module),
                        needs.stream().map(this::packageName))
                .map("    requires %s;\n"::formatted)
                .collect(Collectors.joining());
        return """
            import io.nationtech.harmony.domain.DeploymentModule;

            /** %s */
            module %s {
            %s
            %s    provides DeploymentModule with
                        %s.%s;
            }
            """.formatted(
                        source.line(),
                        own,
                        requires,
                        isUsed ? "    exports %s;\n\n".formatted(own) : "",
                        own,
                        application.type());
    }
}
