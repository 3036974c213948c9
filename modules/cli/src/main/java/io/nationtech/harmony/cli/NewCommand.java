package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.project.NewProject;
import io.nationtech.harmony.project.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new",
        description =
                "Write a project to begin with: a Maven module with one deployment and one test, which builds as it is.",
        footer = {"", "Examples:", "  harmony new my-lab", "  harmony check my-lab"})
final class NewCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "<name>", description = "the deployment's name, such as my-lab")
    private String name = "";

    @Option(
            names = "--into",
            paramLabel = "<folder>",
            description = "the project's folder, which must not be there yet (default: <name>)")
    private Optional<Path> into = Optional.empty();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    NewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DeploymentName deployment = deployment();
        Path folder = into.orElse(Path.of(deployment.value()));
        ProjectFiles project = new NewProject(deployment, Harmony.Version.number()).files();
        NewFolder.write(folder, project);
        List<String> files = List.copyOf(project.texts().keySet());
        terminal.result(output.answer(
                () -> "Deployment %s, in %s%n%s%nNext: harmony check %s%n"
                        .formatted(
                                deployment,
                                folder,
                                String.join(
                                        "",
                                        files.stream().map("  %s%n"::formatted).toList()),
                                folder),
                () -> Json.object(
                        "result",
                        "written",
                        "deployment",
                        deployment.value(),
                        "folder",
                        folder.toString(),
                        "files",
                        files)));
        return ExitCode.DONE.code();
    }

    private DeploymentName deployment() {
        try {
            return DeploymentName.of(name);
        } catch (InvalidValueException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
