package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project of one's own, as {@code harmony new} makes it: one deployment, in a Java module. Applications become modules of their own below it.
 *
 * @param folder which has its pom.xml
 * @param packageName of its module
 * @param topology empty when none is written as one of sites
 * @param names whether one of its topologies answers for names by HTTPS
 */
record Project(Path folder, String packageName, Optional<ProjectTopology> topology, Names names) {
    private static final Pattern MODULE =
            Pattern.compile("^\\s*(?:open\\s+)?module\\s+([\\w.]+)\\s*\\{", Pattern.MULTILINE);
    private static final Pattern ROUTER = Pattern.compile("\\bTlsRouter\\b");
    private static final int MOST_SOURCES = 1_000;

    /**
     * @throws AdditionRefusedException when there is no project, or it cannot be read
     */
    static Project at(Path folder) {
        Path descriptor = folder.resolve("src/main/java/module-info.java");
        if (!Files.isRegularFile(folder.resolve("pom.xml")) || !Files.isRegularFile(descriptor)) {
            throw notOne(folder, "there is no project here: no pom.xml with src/main/java/module-info.java");
        }
        try {
            Matcher module = MODULE.matcher(Files.readString(descriptor));
            if (!module.find()) {
                throw notOne(descriptor, "module-info.java declares no module");
            }
            List<String> sources = sources(folder.resolve("src/main/java"));
            return new Project(
                    folder,
                    module.group(1),
                    sources.stream()
                            .flatMap(source -> ProjectTopology.in(source).stream())
                            .findFirst(),
                    sources.stream().anyMatch(source -> ROUTER.matcher(source).find()) ? Names.HTTPS : Names.NONE);
        } catch (IOException e) {
            throw new AdditionRefusedException(
                    new Cause("the project cannot be read: " + e.getMessage(), folder.toString(), "look at its rights"),
                    e);
        }
    }

    private static AdditionRefusedException notOne(Path where, String what) {
        return new AdditionRefusedException(new Cause(
                what, where.toString(), "`harmony new my-lab` writes one; then `cd my-lab`, or name it by --project"));
    }

    private static List<String> sources(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_SOURCES)
                    .toList();
        }
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    /** Where its applications are. */
    Path modules() {
        return folder.resolve("modules");
    }
}
