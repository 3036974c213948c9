package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.Maintenance.Extent;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Person;
import java.time.Instant;
import java.util.Map;

/** That somebody works on a node. */
final class MaintenanceForm {
    private static final EnumForm<Extent> EXTENT = new EnumForm<>(Extent.class);

    /** The end of the year 9999. */
    private static final long LATEST = 253_402_300_799L;

    private MaintenanceForm() {}

    static Map<String, Object> write(Maintenance maintenance) {
        return Ordered.map(
                "node", maintenance.node().value(),
                "extent", EXTENT.write(maintenance.extent()),
                "since", maintenance.since().getEpochSecond(),
                "by", maintenance.by().value());
    }

    static Maintenance read(Fields fields) {
        return new Maintenance(
                fields.text("node", NodeId::of),
                EXTENT.read(fields, "extent"),
                fields.number("since", MaintenanceForm::instant),
                fields.text("by", Person::of));
    }

    private static Instant instant(long seconds) {
        if (seconds < 0 || seconds > LATEST) {
            throw new InvalidValueException("%d is no second since 1970 that a clock would show".formatted(seconds));
        }
        return Instant.ofEpochSecond(seconds);
    }
}
