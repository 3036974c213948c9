package io.nationtech.harmony.agent;

import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Author;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.operator.DeploymentFolder;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.operator.Operator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The deployments that this agent keeps true beside its work as a node, if it was given any. */
final class Operating implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Operating.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Settings settings;
    private final Mesh mesh;
    private final Fleet fleet;
    private Optional<Operator> operator = Optional.empty();
    private boolean closed;

    Operating(Settings settings, Mesh mesh, Fleet fleet) {
        this.settings = settings;
        this.mesh = mesh;
        this.fleet = fleet;
    }

    /** Takes up what lies in the folder now; what comes later is taken up by the next start of the agent. */
    synchronized void start() {
        if (closed || !Files.isDirectory(settings.operate())) {
            return;
        }
        DeploymentFolder folder = DeploymentFolder.read(settings.operate());
        folder.problems().forEach(problem -> LOG.log(Level.ERROR, "Does not operate: {0}", problem));
        if (!folder.deployments().isEmpty()) {
            operator = Optional.of(operate(folder));
            operator.get().start();
        }
    }

    private Operator operate(DeploymentFolder folder) {
        for (LoadedModule module : folder.deployments()) {
            LOG.log(
                    Level.INFO,
                    "Deployment {0} is operated from {1}",
                    module.deployment().name(),
                    module.own());
        }
        MeshJournals journals = new MeshJournals(
                mesh,
                Clock.systemUTC(),
                System::nanoTime,
                new SecureRandom(),
                held -> LOG.log(
                        Level.INFO,
                        "{0} began to apply this {1}; looking whether they still are",
                        held.by(),
                        held.since()));
        Author author = Author.of("agent@" + settings.node());
        return new Operator(folder.deployments(), author, mesh, fleet, journals, EVERY, name -> new OperateLog(name));
    }

    @Override
    public synchronized void close() {
        closed = true;
        operator.ifPresent(Operator::close);
    }
}
