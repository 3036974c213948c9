package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.hardware.detection.Cadence;
import io.nationtech.harmony.hardware.detection.Detection;
import io.nationtech.harmony.hardware.detection.HardwareWatch;
import io.nationtech.harmony.hardware.detection.LiveTree;
import io.nationtech.harmony.node.HardwareLedger;
import io.nationtech.harmony.node.Node;
import java.util.Optional;

/** Follows the machine's hardware and has the node tell it. */
final class HardwareWatching implements AutoCloseable {
    private final Detection detection;
    private final HardwareLedger ledger;
    private final Node node;
    private Optional<HardwareWatch> watch = Optional.empty();

    private HardwareWatching(Detection detection, HardwareLedger ledger, Node node) {
        this.detection = detection;
        this.ledger = ledger;
        this.node = node;
    }

    static HardwareWatching of(Settings settings, Architecture architecture, FleetCodec codec, Node node) {
        return new HardwareWatching(
                Detection.withAllSources(LiveTree.ofThisMachine(), architecture, settings.uplink()),
                new HardwareLedger(
                        settings.node(),
                        new Location(settings.site(), settings.failureDomain()),
                        settings.state().resolve("hardware"),
                        codec),
                node);
    }

    /** Begins; the folder of kept state is there by then. */
    synchronized void start() {
        watch = Optional.of(HardwareWatch.start(
                detection,
                Cadence.usual(),
                detected -> node.tell(ledger.found(detected.hardware(), detected.unread()))));
    }

    @Override
    public synchronized void close() {
        watch.ifPresent(HardwareWatch::close);
    }
}
