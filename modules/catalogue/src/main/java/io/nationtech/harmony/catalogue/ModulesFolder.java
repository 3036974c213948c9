package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.project.Pom;
import io.nationtech.harmony.project.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a project's applications are, each a module, built together where one uses another.
 *
 * @param version of Harmony
 */
record ModulesFolder(Project project, String version) {
    private static final String END = "  </modules>";

    /**
     * Writes all of these, or none.
     *
     * @param modules their files, by the names of their folders, of which none is there
     */
    void add(SortedMap<String, ProjectFiles> modules) throws IOException {
        if (Files.exists(project.modules(), LinkOption.NOFOLLOW_LINKS)) {
            addTo(pom(), modules);
        } else {
            new ProjectFiles(whole(modules)).write(project.modules());
        }
    }

    private SortedMap<String, String> whole(SortedMap<String, ProjectFiles> modules) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("pom.xml", Pom.project("""
              <parent>
                <groupId>io.nationtech.harmony</groupId>
                <artifactId>harmony-parent</artifactId>
                <version>%s</version>
                <relativePath/>
              </parent>

              <groupId>%s</groupId>
              <artifactId>modules</artifactId>
              <version>1-SNAPSHOT</version>
              <packaging>pom</packaging>

              <modules>
            %s  </modules>
            """.formatted(version, project.packageName(), lines(modules.keySet()))));
        all.put(".gitignore", "target/\n");
        // The folder .mvn is what Maven and `harmony` take for the root of modules that are built together.
        all.put(".mvn/maven.config", "-ntp\n");
        modules.forEach((name, files) -> files.texts().forEach((path, text) -> all.put(name + "/" + path, text)));
        return all;
    }

    private static String lines(Collection<String> modules) {
        return modules.stream().map("    <module>%s</module>\n"::formatted).collect(Collectors.joining());
    }

    /** As it is, which may have been changed by its owner. */
    private String pom() throws IOException {
        Path pom = project.modules().resolve("pom.xml");
        if (!Files.isRegularFile(pom)) {
            throw notOurs(pom, "there is a folder of that name already, without a list of modules in a pom.xml");
        }
        String text = Files.readString(pom);
        if (text.indexOf(END) < 0 || text.indexOf(END) != text.lastIndexOf(END)) {
            throw notOurs(pom, "it has no line '%s' before which a module could be named".formatted(END));
        }
        return text;
    }

    private AdditionRefusedException notOurs(Path where, String what) {
        return new AdditionRefusedException(
                new Cause(what, where.toString(), "move it away: `harmony add` writes that folder anew"));
    }

    private void addTo(String pom, SortedMap<String, ProjectFiles> modules) throws IOException {
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, ProjectFiles> module : modules.entrySet()) {
                Path folder = project.modules().resolve(module.getKey());
                module.getValue().write(folder);
                written.add(folder);
            }
            replace(project.modules().resolve("pom.xml"), pom.replace(END, lines(modules.keySet()) + END));
        } catch (IOException e) {
            for (Path folder : written) {
                ProjectFiles.remove(folder);
            }
            throw e;
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(".pom.xml.new");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
