package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import java.time.Duration;

/**
 * Fetches a page from every replica of a service, through its node's address, and looks for a text in it.
 *
 * @param port at the nodes' addresses; those tasks of the service are asked that publish it
 * @param path what is fetched with GET; the answer must have status 200
 * @param contains what the answer's body must contain; not blank, as every page has nothing in it
 */
public record HttpSmokeTest(ServiceName service, Port port, HttpPath path, String contains, Duration timeout)
        implements SmokeTest {
    public HttpSmokeTest {
        if (contains.isBlank()) {
            throw new InvalidValueException(
                            "the smoke test of service '%s' looks for '%s', which any page passes; name a text of the page"
                                    .formatted(service, contains))
                    .about(contains);
        }
        ReplicaTests.requireTimeout(service, timeout);
    }

    /** A test of the port that a service publishes, for two minutes at most. */
    public static HttpSmokeTest of(ContainerService service, HttpPath path, String contains) {
        return of(service, service.port().node(), path, contains);
    }

    /** A test of a score of whatever kind, for two minutes at most. */
    public static HttpSmokeTest of(Score<?> score, Port port, HttpPath path, String contains) {
        return new HttpSmokeTest(score.name(), port, path, contains, ReplicaTests.USUAL_TIMEOUT);
    }

    /** The same test with another timeout. */
    public HttpSmokeTest within(Duration limit) {
        return new HttpSmokeTest(service, port, path, contains, limit);
    }

    @Override
    public boolean asks(Task task) {
        return task.workload().ports().contains(NodePort.tcp(port));
    }
}
