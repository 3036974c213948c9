package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareChange;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a node last said of its hardware, kept on disk, so that what changed while the agent was off is seen too and generations go
 * on counting. Only a difference that is worth telling makes a new report: see {@link Settled}. For one thread.
 */
public final class HardwareLedger {
    private static final Logger LOG = System.getLogger(HardwareLedger.class.getName());

    private final NodeId node;
    private final Location location;
    private final Path file;
    private final FleetCodec codec;
    private Optional<HardwareReport> last;

    /**
     * Reads the last report. One that cannot be read is as good as none: the node counts from 1 again.
     *
     * @param file its folder must be there once something is found
     */
    public HardwareLedger(NodeId node, Location location, Path file, FleetCodec codec) {
        this.node = node;
        this.location = location;
        this.file = file;
        this.codec = codec;
        this.last = read();
    }

    /** The report to tell: the last one again when it still holds, else a new one, which is on the disk by then if possible. */
    public HardwareReport found(Hardware found, List<Unread> unread) {
        HardwareReport report = last.filter(this::isOfThisPlace)
                .map(before -> next(before, Settled.from(before.hardware(), found), unread))
                .orElseGet(() -> new HardwareReport(
                        node,
                        last.map(before -> before.generation().next()).orElse(Generation.first()),
                        location,
                        found,
                        unread));
        if (!Optional.of(report).equals(last)) {
            tellPeople(report);
            keep(report);
            last = Optional.of(report);
        }
        return report;
    }

    private boolean isOfThisPlace(HardwareReport before) {
        return before.node().equals(node) && before.location().equals(location);
    }

    private HardwareReport next(HardwareReport before, Hardware now, List<Unread> unread) {
        return before.hardware().equals(now) && before.unread().equals(unread)
                ? before
                : new HardwareReport(node, before.generation().next(), location, now, unread);
    }

    private void tellPeople(HardwareReport report) {
        List<HardwareChange> changes = last.map(before -> HardwareChange.between(before.hardware(), report.hardware()))
                .orElse(List.of());
        if (last.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "Hardware: {0} devices; {1} things could not be read",
                    report.hardware().devices().size(),
                    report.unread().size());
        }
        for (HardwareChange change : changes) {
            LOG.log(Level.INFO, "Hardware: {0}", change);
        }
        report.hardware()
                .workSpace()
                .filter(WorkSpace::isNearlyFull)
                .ifPresent(space -> LOG.log(
                        Level.WARNING,
                        "The disk that containers are kept on is nearly full: {0}. "
                                + "See what takes it: podman system df -v, and journalctl --disk-usage",
                        space));
    }

    private Optional<HardwareReport> read() {
        try {
            return switch (codec.hardwareReport(Payload.of(Files.readAllBytes(file)))) {
                case Decoded.Value<HardwareReport>(HardwareReport report) -> Optional.of(report);
                case Decoded.Unreadable<HardwareReport>(var cause) -> {
                    LOG.log(Level.WARNING, "{0}: {1}; the hardware is told anew", file, cause.what());
                    yield Optional.empty();
                }
            };
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | PayloadTooLargeException e) {
            LOG.log(Level.WARNING, "{0} cannot be read: {1}; the hardware is told anew", file, e);
            return Optional.empty();
        }
    }

    /** Without it, a restart tells the same again under the next number. */
    private void keep(HardwareReport report) {
        try {
            DurableFile.replace(file, codec.encode(report).bytes());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be written: {1}", file, e);
        }
    }
}
