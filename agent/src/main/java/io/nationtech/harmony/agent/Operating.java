package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.SecretSupply;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.operator.DeploymentFolder;
import io.nationtech.harmony.operator.FolderWatch;
import io.nationtech.harmony.operator.LoadedModule;
import io.nationtech.harmony.operator.Operator;
import io.nationtech.harmony.secrets.age.AgeSealing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The deployments that this agent keeps true beside its work as a node, if it was given any. */
final class Operating implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Operating.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration FOLDER_EVERY = Duration.ofSeconds(5);

    private final Settings settings;
    private final Mesh mesh;
    private final Fleet fleet;
    private final FolderWatch folder;
    private Optional<Operator> operator = Optional.empty();
    private Set<DeploymentName> operated = Set.of();
    private boolean closed;

    Operating(Settings settings, Mesh mesh, Fleet fleet) {
        this.settings = settings;
        this.mesh = mesh;
        this.fleet = fleet;
        this.folder = new FolderWatch(settings.operate(), FOLDER_EVERY, this::takeUp);
    }

    /** Takes up what lies in the folder, now and whenever that changes. */
    void start() {
        folder.start();
    }

    /** All anew, also where one jar of many changed: any of them may need it. */
    private synchronized void takeUp(DeploymentFolder found) {
        if (closed) {
            return;
        }
        operator.ifPresent(Operator::close);
        operator = Optional.empty();
        found.problems().forEach(problem -> LOG.log(Level.ERROR, "Does not operate: {0}", problem));
        tell(found);
        if (!found.deployments().isEmpty()) {
            operator = Optional.of(operate(found));
            operator.get().start();
        }
    }

    private void tell(DeploymentFolder found) {
        for (LoadedModule module : found.deployments()) {
            LOG.log(
                    Level.INFO,
                    "Deployment {0} is operated from {1}",
                    module.deployment().name(),
                    module.own());
        }
        Set<DeploymentName> now = found.deployments().stream()
                .map(module -> module.deployment().name())
                .collect(Collectors.toUnmodifiableSet());
        Set<DeploymentName> gone = new HashSet<>(operated);
        gone.removeAll(now);
        gone.forEach(name -> LOG.log(
                Level.INFO,
                "Deployment {0} is no longer operated from here; what runs goes on, `harmony withdraw {0}` ends it",
                name));
        operated = now;
    }

    private Operator operate(DeploymentFolder found) {
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
        SecretSupply secrets = SecretSupply.of(new OperatorSecrets(settings.secrets()), new AgeSealing());
        Operator.Means means = new Operator.Means(mesh, fleet, journals, secrets, System::nanoTime);
        return new Operator(found.deployments(), author, means, EVERY, OperateLog::new);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            operator.ifPresent(Operator::close);
        }
        folder.close();
    }
}
