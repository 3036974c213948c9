package io.nationtech.harmony.restic;

import io.nationtech.harmony.backup.Backup;
import io.nationtech.harmony.backup.BackupKind;
import io.nationtech.harmony.backup.SavedData;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Backups;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.NodeData;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Keeps backups by restic. Deployments come to have one at once; copies are made when it is time, one after the other. A copy that cannot be
 * made is told, tried again, and no deviation: else it would hold up the deploy that mends it.
 */
public final class ResticDriver implements InstanceDriver<Backup> {
    private static final BackupKind KIND = new BackupKind();
    private static final RecordForm<Backup> FORM = RecordForm.of(Backup.class);

    private final Tools tools;
    private final ZoneId zone;
    private final Map<Owned, Declared> declared = new ConcurrentHashMap<>();
    /** Restores that an agent of before did not get to the end of are taken up once. */
    private final Set<Owned> takenUp = ConcurrentHashMap.newKeySet();

    private final List<Consumer<DeploymentName>> listeners = new CopyOnWriteArrayList<>();
    private final Worker worker = new Worker();
    private final Orders orders;
    private final Times times;

    ResticDriver(NodeContext context, ZoneId zone) {
        Path disk = context.onDisk(KIND.name());
        Path memory = context.inMemory(KIND.name());
        this.tools = new Tools(
                context.node(),
                disk,
                memory,
                context.clock(),
                new Tool("backups of " + memory),
                new Kept(disk.resolve("known")));
        this.zone = zone;
        this.orders = new Orders(tools, worker, this::tell, this::of);
        this.times = new Times(tools.clock(), this::look);
        worker.start();
    }

    /** For {@link java.util.ServiceLoader}: none where there is no restic that is new enough. */
    public static DriverProvider provider() {
        return context -> Version.isNewEnough()
                ? Optional.of(new ResticDriver(context, ZoneId.systemDefault()))
                : Optional.empty();
    }

    @Override
    public ResourceKind<Backup> kind() {
        return KIND;
    }

    private List<Declared> of(DeploymentName deployment) {
        return declared.values().stream()
                .filter(one -> one.owned().deployment().equals(deployment))
                .sorted(Comparator.comparing(one -> one.owned().resource()))
                .toList();
    }

    @Override
    public List<ResourceStatus> observe(DeploymentName deployment) {
        return tools.kept().of(deployment).entrySet().stream()
                .map(known -> status(new Owned(deployment, known.getKey()), known.getValue()))
                .toList();
    }

    private ResourceStatus status(Owned owned, BackupRecord known) {
        Optional<Declared> wanted = Optional.ofNullable(declared.get(owned));
        List<ResourceId> data = wanted.map(
                        one -> one.backup().data().stream().map(SavedData::id).toList())
                .orElseGet(() -> known.good().keySet().stream().sorted().toList());
        Optional<Instant> oldest = known.oldest(data);
        Optional<Due> due = wanted.map(one -> new Due(one.backup().schedule(), zone));
        boolean isOverdue = due.filter(one -> one.isOverdue(
                        oldest.orElse(known.since()), tools.clock().instant()))
                .isPresent();
        ResourceStatus status = ResourceStatus.of(owned.resource(), oldest.isPresent() ? Phase.COMPLETED : Phase.READY)
                .detail(Words.of(
                        known,
                        data,
                        isOverdue ? Words.Overdue.YES : Words.Overdue.NO,
                        due.flatMap(one -> one.next(known)),
                        due.map(Due::zone).orElse(zone)));
        return oldest.map(status::since).orElse(status);
    }

    @Override
    public Outcome converge(DeploymentName deployment, Backup backup, Means means) {
        Owned owned = new Owned(deployment, backup.id());
        boolean isNewHere = declared.put(owned, new Declared(owned, backup, means)) == null;
        Instant now = tools.clock().instant();
        Optional<BackupRecord> kept = tools.kept().find(owned);
        String content = Sha256.hex(FORM.canonical(backup));
        String schedule = backup.schedule().toString();
        BackupRecord known = kept.map(before -> before.following(content, schedule, now))
                .orElseGet(() -> BackupRecord.declared(content, schedule, now));
        if (isNewHere && known.began().isPresent()) {
            known = known.failing(now, "it was cut short, as its node or the agent there ended");
        }
        if (!kept.equals(Optional.of(known))) {
            tools.kept().keep(owned, known);
        }
        takeUp(owned);
        times.wake();
        return kept.filter(before -> before.content().equals(content)).isPresent()
                ? new Outcome.Unchanged()
                : new Outcome.Changed("backup %s is declared".formatted(backup.name()));
    }

    /** A restore that was cut short: its containers rest from now on, before they are made. */
    private void takeUp(Owned owned) {
        if (!takenUp.add(owned)) {
            return;
        }
        Declared wanted = Optional.ofNullable(declared.get(owned)).orElseThrow();
        tools.kept().restoring(owned).ifPresent(restoring -> {
            Restorer restorer = new Restorer(tools, wanted);
            NodeData.Hold hold = hold(restorer, restoring);
            worker.add(
                    new Work(restoring.work(), Set.of(owned), progress -> {
                        try (hold) {
                            return restorer.resting(restoring, progress);
                        }
                    }),
                    Worker.Turn.NEXT);
        });
    }

    private NodeData.Hold hold(Restorer restorer, Restoring restoring) {
        try {
            return restorer.hold(restoring);
        } catch (RuntimeUnavailableException e) {
            takenUp.remove(restorer.declared().owned());
            throw e;
        }
    }

    /** Begins what is due. */
    private Optional<Instant> look() {
        Instant now = tools.clock().instant();
        return declared.values().stream()
                .flatMap(one -> look(one, now).stream())
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> look(Declared wanted, Instant now) {
        Optional<BackupRecord> known = tools.kept().find(wanted.owned());
        Due due = new Due(wanted.backup().schedule(), zone);
        Optional<Instant> next = known.flatMap(due::next);
        if (next.isEmpty() || next.get().isAfter(now) || worker.isBusyWith(wanted.owned())) {
            return next.filter(time -> time.isAfter(now));
        }
        if (due.isSkipped(known.get(), now)) {
            tools.kept().keep(wanted.owned(), known.get().skipping(now));
        } else {
            orders.saveByTheClock(wanted);
        }
        return Optional.empty();
    }

    @Override
    public Outcome remove(DeploymentName deployment, ResourceId resource) {
        Owned owned = new Owned(deployment, resource);
        declared.remove(owned);
        worker.cancel(owned);
        takenUp.remove(owned);
        return tools.kept().forget(owned)
                ? new Outcome.Changed("backup %s is made no more; its copies stay".formatted(resource.name()))
                : new Outcome.Unchanged();
    }

    @Override
    public Optional<Backups> backups() {
        return Optional.of(orders);
    }

    @Override
    public void onChange(Consumer<DeploymentName> changed) {
        listeners.add(changed);
    }

    @Override
    public boolean isTellingChanges() {
        return true;
    }

    private void tell(DeploymentName deployment) {
        listeners.forEach(listener -> listener.accept(deployment));
    }

    @Override
    public void close() {
        times.close();
        worker.close();
        tools.tool().close();
    }
}
