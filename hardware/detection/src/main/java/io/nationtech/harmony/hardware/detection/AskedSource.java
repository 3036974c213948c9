package io.nationtech.harmony.hardware.detection;

import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.hardware.source.Findings;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Tree;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One source with its deadline. A look runs on a platform thread of its own: a file that hangs would pin a carrier of virtual
 * threads, and cannot be interrupted. That thread is left behind, the file is left out, and the source looks again without it; at
 * most {@value #MOST_LEFT_BEHIND} threads are ever left behind at once.
 */
final class AskedSource {
    private static final Logger LOG = System.getLogger(AskedSource.class.getName());
    private static final int MOST_LEFT_BEHIND = 3;
    private static final long STACK_BYTES = 256 << 10;

    private final HardwareSource source;
    private final SourceTree tree;
    private final Duration timeout;
    private final List<Thread> leftBehind = new CopyOnWriteArrayList<>();

    AskedSource(HardwareSource source, Tree tree, Duration timeout) {
        this.source = source;
        this.tree = new SourceTree(tree);
        this.timeout = timeout;
    }

    HardwareSource source() {
        return source;
    }

    /** What the source finds; when it fails or takes too long, why there is nothing. */
    Findings ask() throws InterruptedException {
        leftBehind.removeIf(thread -> !thread.isAlive());
        while (leftBehind.size() < MOST_LEFT_BEHIND) {
            CompletableFuture<Findings> answer = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform()
                    .daemon()
                    .name("hardware-" + source.name())
                    .stackSize(STACK_BYTES)
                    .start(() -> answer.completeAsync(() -> source.detect(tree), Runnable::run));
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                leftBehind.add(thread);
                LOG.log(
                        Level.WARNING,
                        "Hardware source {0}: {1} does not answer within {2} ms; going on without it",
                        source.name(),
                        tree.giveUp().map(path -> "/" + path).orElse("it"),
                        timeout.toMillis());
            } catch (ExecutionException e) {
                // A source throws nothing, unless it has a fault: then the others go on.
                LOG.log(Level.ERROR, "Unexpected failure of hardware source " + source.name(), e.getCause());
                return nothing("it failed: " + Optional.ofNullable(e.getCause()).orElse(e));
            } catch (CompletionException e) {
                return nothing("it failed: " + e);
            }
        }
        return nothing("it does not answer");
    }

    private Findings nothing(String why) {
        return new Findings(
                List.of(), List.of(new Unread(source.name(), ModelName.cleaned("all of it"), ModelName.cleaned(why))));
    }
}
