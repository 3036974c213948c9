package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** What commands that change the world have in common. */
final class Applying {
    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /** Runs the work, and tells how it ended. */
    int run(Terminal terminal, DeploymentName deployment, String done, Function<Deployer, DeployResult> work) {
        Instant began = terminal.clock().instant();
        try (MeshSession session = mesh.open();
                Interruption _ = Interruption.explained(terminal)) {
            DeployResult result;
            try (ShownProgress progress = ShownProgress.on(terminal)) {
                ApplyTerms terms = new ApplyTerms(patience.duration(), consent.consent(), progress);
                result = work.apply(
                        new Deployer(session.fleet(), session.journals(terminal), PersonAtKeyboard.author(), terms));
            }
            Duration took = Duration.between(began, terminal.clock().instant());
            return Ending.of(new DeployReport(deployment, done, result, took), output)
                    .tell(terminal);
        }
    }
}
