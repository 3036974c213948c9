package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.HttpScheme;
import io.nationtech.harmony.domain.node.PortReach;
import io.nationtech.harmony.domain.node.PublishedPort;
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
 * @param scheme as its probe is asked, where that asks the same port
 * @param port at the nodes' addresses; those tasks of the service are asked that publish it
 * @param path what is fetched with GET; the answer must have status 200
 * @param contains what the answer's body must contain; not blank, as every page has nothing in it
 */
public record HttpSmokeTest(
        ServiceName service, HttpScheme scheme, Port port, HttpPath path, String contains, Duration timeout)
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

    /**
     * A test of the port that a service publishes, for two minutes at most.
     *
     * @throws InvalidValueException when it is reached from its node only
     */
    public static HttpSmokeTest of(ContainerService service, HttpPath path, String contains) {
        PublishedPort published = service.port();
        if (published.reach() == PortReach.NODE) {
            throw new InvalidValueException(
                            "the smoke test of service '%s' cannot reach %s; let it take the word of the node: HealthSmokeTest.of(…)"
                                    .formatted(service.name(), published))
                    .about(service);
        }
        Port port = published.node();
        HttpSmokeTest plain = of(service, port, path, contains);
        return service.container()
                .healthCheck()
                .probe()
                .filter(probe -> probe instanceof HttpProbe http
                        && http.port().equals(port)
                        && http.scheme() == HttpScheme.HTTPS)
                .map(_ -> plain.overTls())
                .orElse(plain);
    }

    /** A test of a score of whatever kind, for two minutes at most. */
    public static HttpSmokeTest of(Score<?> score, Port port, HttpPath path, String contains) {
        return new HttpSmokeTest(score.name(), HttpScheme.DEFAULT, port, path, contains, ReplicaTests.USUAL_TIMEOUT);
    }

    /** The same test by TLS: {@link HttpScheme#HTTPS}. */
    public HttpSmokeTest overTls() {
        return new HttpSmokeTest(service, HttpScheme.HTTPS, port, path, contains, timeout);
    }

    /** The same test with another timeout. */
    public HttpSmokeTest within(Duration limit) {
        return new HttpSmokeTest(service, scheme, port, path, contains, limit);
    }

    @Override
    public boolean asks(Task task) {
        return task.workload().ports().contains(NodePort.tcp(port));
    }
}
