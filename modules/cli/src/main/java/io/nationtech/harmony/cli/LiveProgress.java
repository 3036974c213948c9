package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.NodeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A line for each node, drawn again while time goes on. A thread of its own draws; closing draws for the last time. */
final class LiveProgress implements ShownProgress {
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final String SMOKE_TESTS = "smoke tests";

    private final Terminal terminal;
    private final Map<String, NodeLine> lines = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread artist = Thread.ofVirtual().name("progress").unstarted(this::drawUntilClosed);
    private int drawn;

    private LiveProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    static LiveProgress begin(Terminal terminal) {
        LiveProgress progress = new LiveProgress(terminal);
        progress.artist.start();
        return progress;
    }

    @Override
    public synchronized void planned(DeploymentName deployment, List<NodeChange> changes) {
        terminal.err().print(new PlanReport(deployment, changes).text(terminal.errInk()) + "\n");
    }

    @Override
    public synchronized void applying(NodeChange change) {
        begin(change.node().info().id());
    }

    @Override
    public synchronized void begin(NodeId node) {
        begin(name(node));
    }

    @Override
    public synchronized void applied(NodeChange change, Outcome outcome) {
        end(change.node().info().id(), outcome);
    }

    @Override
    public synchronized void end(NodeId node, Outcome outcome) {
        Instant now = terminal.clock().instant();
        lines.computeIfPresent(name(node), (_, line) -> line.ended(now, outcome));
    }

    @Override
    public synchronized void testing(int smokeTests) {
        begin(SMOKE_TESTS);
    }

    private void begin(String name) {
        lines.put(name, NodeLine.begin(name, terminal.clock().instant()));
    }

    private static String name(NodeId node) {
        return "node '%s'".formatted(node);
    }

    private void drawUntilClosed() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw() {
        Instant now = terminal.clock().instant();
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[%dA".formatted(drawn));
        }
        for (NodeLine line : lines.values()) {
            frame.append("\r\u001b[K").append(line.text(now, terminal.errInk())).append('\n');
        }
        drawn = lines.size();
        terminal.err().print(frame);
        terminal.err().flush();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            artist.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            // How the tests ended is the deploy's result, said next.
            lines.remove(SMOKE_TESTS);
            terminal.err().print(drawn > lines.size() ? "\u001b[1A\u001b[K" : "");
            drawn = Math.min(drawn, lines.size());
            draw();
        }
    }
}
