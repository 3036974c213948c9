package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Applications, written into a project as modules of its own. */
public final class Catalogue {
    private Catalogue() {}

    /**
     * Adds applications, and those whose services they use, where these are not there. Nothing that is there is changed but for the list of modules,
     * {@code modules/pom.xml}.
     *
     * @param project a folder
     * @param version of Harmony
     * @return what was written, by name
     * @throws AdditionRefusedException when there is no project, or an application is there; then nothing is written
     */
    public static List<Addition> add(Path project, Collection<Application> wanted, String version) {
        Project owner = Project.at(project);
        // Two who add at once would lose a line of the list.
        try (FileChannel pom = FileChannel.open(project.resolve("pom.xml"), StandardOpenOption.WRITE);
                FileLock _ = pom.lock()) {
            NavigableSet<Application> added = withNeeds(wanted, owner);
            added.forEach(application -> requireNew(owner, application));
            List<ApplicationModule> modules = added.stream()
                    .map(application -> ApplicationModule.of(application, owner))
                    .toList();
            new ModulesFolder(owner, version)
                    .add(modules.stream()
                            .collect(Collectors.toMap(
                                    module -> module.application().name().value(),
                                    ApplicationModule::files,
                                    (one, _) -> one,
                                    TreeMap::new)));
            return modules.stream().map(Catalogue::addition).toList();
        } catch (IOException e) {
            throw new AdditionRefusedException(
                    new Cause(
                            "the project cannot be written to: " + e.getMessage(),
                            project.toString(),
                            "look at the room and the rights there; nothing was added"),
                    e);
        }
    }

    private static NavigableSet<Application> withNeeds(Collection<Application> wanted, Project project) {
        NavigableSet<Application> all = new TreeSet<>(wanted);
        wanted.stream()
                .flatMap(application -> application.needs().stream())
                .filter(needed -> !isThere(project, needed))
                .forEach(all::add);
        return all;
    }

    private static boolean isThere(Project project, Application application) {
        return Files.exists(folder(project, application), LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireNew(Project project, Application application) {
        if (isThere(project, application)) {
            throw new AdditionRefusedException(new Cause(
                    "there is a module '%s' already, which is yours".formatted(application.name()),
                    folder(project, application).toString(),
                    "change it there; or move it away, and add it again"));
        }
    }

    private static Path folder(Project project, Application application) {
        return project.modules().resolve(application.name().value());
    }

    private static Addition addition(ApplicationModule module) {
        Path folder = folder(module.project(), module.application());
        Source source = module.source();
        return new Addition(
                module.application(),
                folder,
                module.files().texts().keySet().stream().map(folder::resolve).toList(),
                folder.resolve(module.sourcePath()),
                source.secrets(),
                source.shares(),
                source.choices());
    }
}
