package org.example.cameras;

import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/** A feed shows something. */
public record Sees(ServiceName service, Port port, String something, Duration timeout) implements SmokeTest {
    public static Sees of(CameraFeed<?> feed, String something) {
        return new Sees(feed.name(), feed.viewer().port().node(), something, Duration.ofSeconds(20));
    }

    public Sees within(Duration limit) {
        return new Sees(service, port, something, limit);
    }

    @Override
    public boolean asks(Task task) {
        return task.workload().ports().contains(NodePort.tcp(port));
    }
}
