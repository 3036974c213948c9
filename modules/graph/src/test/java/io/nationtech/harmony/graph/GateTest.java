package io.nationtech.harmony.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.domain.Cause;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Cause HUNG = new Cause("hung", "there", "look");

    @Test
    void aPlaceIsGivenBackOnceThoughTheCallThatHadItHung() throws DriverException, InterruptedException {
        Gate gate = new Gate(2);
        gate.enter();
        gate.shut(HUNG);

        gate.leave();

        assertEquals(2, gate.free());
    }

    @Test
    void whoWaitsForAPlaceLearnsThatNoneWillCome() throws DriverException, InterruptedException {
        Gate gate = new Gate(1);
        gate.enter();
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                gate.enter();
                waiting.complete(null);
            } catch (DriverException | InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        gate.shut(HUNG);

        ExecutionException e = assertThrows(ExecutionException.class, () -> waiting.get(10, TimeUnit.SECONDS));
        assertEquals(HUNG, ((DriverException) e.getCause()).why());
    }
}
