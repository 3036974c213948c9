package io.nationtech.harmony.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.systemd.Notification.Alive;
import io.nationtech.harmony.systemd.Notification.Ready;
import io.nationtech.harmony.systemd.Notification.Status;
import io.nationtech.harmony.systemd.Notification.Stopping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
    private static final long PROCESS = 4711;

    @TempDir
    private Path folder;

    @Test
    void tellsTheSocketAtAPath() throws IOException {
        assertTellsEverything(folder.resolve("notify").toString());
    }

    @Test
    void tellsTheSocketWithAnAbstractName() throws IOException {
        assertTellsEverything("@harmony-test-" + UUID.randomUUID());
    }

    private void assertTellsEverything(String address) throws IOException {
        try (Receiver receiver = new Receiver(folder, address)) {
            ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", address));

            manager.tell(new Ready(), new Status("2 deployments\nnö trouble"));
            receiver.awaitHeard("trouble");
            manager.tell(new Alive());
            receiver.awaitHeard("WATCHDOG");
            manager.tell(new Stopping());
            receiver.awaitHeard("STOPPING=1");

            assertEquals("READY=1\nSTATUS=2 deployments nö troubleWATCHDOG=1STOPPING=1", receiver.heard());
        }
    }

    @Test
    void aManagerThatIsGoneStopsNothing() {
        ServiceManager manager =
                manager(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()));

        manager.tell(new Ready());
        manager.tell(new Stopping());
    }

    @Test
    void withoutAManagerNothingIsTold() {
        manager(Map.of()).tell(new Ready());
    }

    @Test
    void whatIsNoSocketIsNotTold() {
        manager(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).tell(new Ready());
        manager(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).tell(new Ready());
        manager(Map.of("NOTIFY_SOCKET", "")).tell(new Ready());
    }

    @Test
    void theWatchdogsPeriodIsTheManagers() {
        assertEquals(Optional.of(Duration.ofSeconds(30)), period(Map.of("WATCHDOG_USEC", "30000000")));
        assertEquals(
                Optional.of(Duration.ofMillis(1)),
                period(Map.of("WATCHDOG_USEC", "1000", "WATCHDOG_PID", Long.toString(PROCESS))));
    }

    @Test
    void aWatchdogForAnotherProcessIsNotOurs() {
        assertEquals(Optional.empty(), period(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1")));
    }

    @Test
    void anUnreadableWatchdogPeriodIsNone() {
        assertEquals(Optional.empty(), period(Map.of("WATCHDOG_USEC", "soon")));
        assertEquals(Optional.empty(), period(Map.of("WATCHDOG_USEC", "0")));
        assertEquals(Optional.empty(), period(Map.of("WATCHDOG_USEC", "99999999999999999999")));
    }

    @Test
    void aLongStatusIsCutOff() {
        assertEquals(500, new Status("x".repeat(10_000)).text().length());
    }

    private static Optional<Duration> period(Map<String, String> environment) {
        return manager(environment).watchdogPeriod();
    }

    private static ServiceManager manager(Map<String, String> environment) {
        return ServiceManager.of(environment, PROCESS);
    }
}
