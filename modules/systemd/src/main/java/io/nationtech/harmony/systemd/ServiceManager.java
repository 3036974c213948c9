package io.nationtech.harmony.systemd;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The service manager that started this process, when there is one that wants to hear. Without one, nothing is said and nothing
 * fails; trouble in telling it is logged once and otherwise ignored. Safe for use by several threads.
 */
public final class ServiceManager {
    private static final Logger LOG = System.getLogger(ServiceManager.class.getName());
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_MICROSECONDS = "WATCHDOG_USEC";
    private static final String WATCHDOG_PROCESS = "WATCHDOG_PID";

    private final Optional<SocketAddress> address;
    private final Optional<Duration> watchdogPeriod;
    private final AtomicBoolean complained = new AtomicBoolean();

    private ServiceManager(Optional<SocketAddress> address, Optional<Duration> watchdogPeriod) {
        this.address = address;
        this.watchdogPeriod = watchdogPeriod;
    }

    /**
     * The manager that a process' environment names.
     *
     * @param process the id of the process that is watched: a child inherits the variables, but is not meant
     */
    public static ServiceManager of(Map<String, String> environment, long process) {
        return new ServiceManager(
                Optional.ofNullable(environment.get(SOCKET)).flatMap(ServiceManager::address),
                watchdogPeriod(environment, process));
    }

    /** Within this time from the last {@link Notification.Alive}, the manager wants to hear another (sd_watchdog_enabled(3)). */
    public Optional<Duration> watchdogPeriod() {
        return watchdogPeriod;
    }

    /** Tells all of it in one message. */
    public void tell(Notification... notifications) {
        address.ifPresent(to -> {
            String message =
                    Arrays.stream(notifications).map(Notification::assignment).collect(Collectors.joining("\n"));
            try {
                DatagramSocket.send(to, message.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                complain("Cannot tell the service manager at %s: %s".formatted(to, e.getMessage()));
            }
        });
    }

    private void complain(String trouble) {
        if (!complained.getAndSet(true)) {
            LOG.log(Level.WARNING, "{0}; the service goes on, `systemctl status` may be out of date", trouble);
        }
    }

    private static Optional<SocketAddress> address(String name) {
        Optional<SocketAddress> address = SocketAddress.parse(name);
        if (address.isEmpty()) {
            LOG.log(Level.WARNING, "{0} is \"{1}\", which is no Unix socket; nothing is told", SOCKET, name);
        }
        return address;
    }

    private static Optional<Duration> watchdogPeriod(Map<String, String> environment, long process) {
        Optional<Long> watched = number(environment, WATCHDOG_PROCESS);
        if (watched.filter(id -> id != process).isPresent()) {
            return Optional.empty();
        }
        return number(environment, WATCHDOG_MICROSECONDS)
                .filter(microseconds -> microseconds > 0 && microseconds < Long.MAX_VALUE / 1_000)
                .map(microseconds -> Duration.ofNanos(microseconds * 1_000));
    }

    private static Optional<Long> number(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }
}
