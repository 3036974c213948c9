package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.Mesh;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who is connected, and who was. Each adapter's tests extend this. */
public abstract class ConnectionContract extends MeshContract {

    /** For adapters. */
    protected ConnectionContract() {}

    @Test
    void whoIsConnectedIsToldByName() {
        assertTrue(other.connections().names().contains(mesh.ownName()));
        assertTrue(other.connections().names().contains(other.ownName()));
    }

    @Test
    void whoIsCutOffIsGoneSinceThenAndIsThereAgainAfterwards() {
        Instant before = other.connections().asOf();
        fixture.cut(mesh);
        awaitGone(mesh);

        Instant ended = other.departures().ended().get(mesh.ownName());
        assertTrue(ended != null && !ended.isBefore(before), () -> ended + ", before " + before);
        assertFalse(other.departures().since().isAfter(ended));

        fixture.restore(mesh);
        Eventually.holds("it is back", () -> other.connections().names().contains(mesh.ownName()));
    }

    @Test
    void theLastEndOfAConnectionCounts() {
        fixture.cut(mesh);
        awaitGone(mesh);
        Instant first = other.departures().ended().get(mesh.ownName());
        fixture.restore(mesh);
        Eventually.holds("it is back", () -> other.connections().names().contains(mesh.ownName()));

        fixture.cut(mesh);
        awaitGone(mesh);

        Instant second = other.departures().ended().get(mesh.ownName());
        assertTrue(first != null && second != null && second.isAfter(first), () -> first + ", " + second);
    }

    private void awaitGone(Mesh gone) {
        Eventually.holds("it is gone", () -> !other.connections().names().contains(gone.ownName()));
    }
}
