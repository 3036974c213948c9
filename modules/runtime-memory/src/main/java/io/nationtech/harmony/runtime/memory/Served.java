package io.nationtech.harmony.runtime.memory;

import com.sun.net.httpserver.HttpServer;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerHistory;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.RestartPolicy;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container that runs, or did. */
final class Served {
    private final Container container;
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private volatile Running running = Running.STOPPED;
    private volatile Optional<Exit> exit = Optional.empty();

    private Served(Container container) {
        this.container = container;
    }

    static Served start(Container container, Images.Image image, IpAddress at) throws IOException {
        Served served = new Served(container);
        byte[] page = image.page().getBytes(StandardCharsets.UTF_8);
        try {
            for (PublishedPort port : container.network().ports()) {
                if (port.protocol() == Protocol.UDP) {
                    continue;
                }
                HttpServer server = HttpServer.create(
                        new InetSocketAddress(at.address(), port.node().number()), 0);
                server.createContext("/", exchange -> {
                    served.write(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    exchange.sendResponseHeaders(image.status(), page.length);
                    try (exchange) {
                        exchange.getResponseBody().write(page);
                    }
                });
                server.start();
                served.servers.add(server);
            }
        } catch (IOException e) {
            served.stop();
            throw e;
        }
        served.running = Running.RUNNING;
        served.write("started");
        return served;
    }

    Container container() {
        return container;
    }

    synchronized void write(String line) {
        log.add(line);
    }

    synchronized List<String> newest(int lines) {
        return List.copyOf(log.subList(Math.max(0, log.size() - lines), log.size()));
    }

    boolean isRunning() {
        return running == Running.RUNNING;
    }

    ContainerStatus status() {
        return new ContainerStatus(
                container.name(),
                running,
                Health.UNKNOWN,
                new ContainerHistory(0, Optional.empty(), exit),
                Optional.empty());
    }

    void stop() {
        end(Running.STOPPED);
    }

    /** As a process that did what it had to do. */
    void finish() {
        end(Running.FINISHED);
    }

    /** As a process that ended by itself. */
    void exit(Exit how) {
        exit = Optional.of(how);
        end(how.code() == 0 ? Running.FINISHED : Running.STOPPED);
    }

    boolean isDone() {
        return container.execution().job().isPresent()
                || (running == Running.FINISHED && container.execution().restart() == RestartPolicy.ON_FAILURE);
    }

    private void end(Running how) {
        running = how;
        servers.forEach(server -> server.stop(0));
    }
}
