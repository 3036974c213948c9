package io.nationtech.harmony.driver.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.InstanceDriver;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.driver.SetDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a driver must do, of whichever sort it is. The world that it works on outlives it.
 *
 * @param <R> the resources
 */
public abstract class ResourceDriverContract<R extends Record & NodeResource> {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final DeploymentName WIKI = DeploymentName.of("wiki");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<Owned, R> wanted = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ResourceDriver<R> driver;

    /** For the tests of one. */
    protected ResourceDriverContract() {}

    /** A driver for the world of this test, as an agent that begins makes one. */
    protected abstract ResourceDriver<R> begin();

    /** A resource, and the same otherwise; both can be had at once with {@link #other}. */
    protected abstract R first();

    /** {@link #first} with the same name, changed. */
    protected abstract R changed();

    /** One of another name. */
    protected abstract R other();

    /** Undoes by hand what the driver did about a resource, as a person at the machine would, or a crash. */
    protected abstract void damage(DeploymentName deployment, R resource);

    /** What drivers may use. */
    protected Means means() {
        return Means.NONE;
    }

    @BeforeEach
    void beginDriver() {
        driver = begin();
    }

    @AfterEach
    void endDriver() {
        driver.close();
    }

    @Test
    void whatIsMadeIsSeenAndIsAsWanted() {
        assertInstanceOf(Outcome.Changed.class, converge(WEBSITE, first()));

        awaitAsWanted(WEBSITE, first());
        assertEquals(List.of(), driver.observe(WIKI));
    }

    @Test
    void whatIsThereIsLeftAlone() {
        converge(WEBSITE, first());
        awaitAsWanted(WEBSITE, first());

        assertEquals(new Outcome.Unchanged(), converge(WEBSITE, first()));
    }

    @Test
    void aChangeIsFollowed() {
        converge(WEBSITE, first());

        assertInstanceOf(Outcome.Changed.class, converge(WEBSITE, changed()));
        assertEquals(new Outcome.Unchanged(), converge(WEBSITE, changed()));
        awaitAsWanted(WEBSITE, changed());
        assertEquals(1, driver.observe(WEBSITE).size());
    }

    @Test
    void deploymentsDoNotSeeEachOther() {
        converge(WEBSITE, first());
        converge(WIKI, other());

        assertEquals(List.of(first().id()), ids(WEBSITE));
        assertEquals(List.of(other().id()), ids(WIKI));
        remove(WIKI, other());
        assertEquals(List.of(first().id()), ids(WEBSITE));
        assertEquals(new Outcome.Unchanged(), converge(WEBSITE, first()));
    }

    @Test
    void whatIsRemovedIsGoneAndMayComeBack() {
        converge(WEBSITE, first());
        assertInstanceOf(Outcome.Changed.class, remove(WEBSITE, first()));

        assertEquals(List.of(), driver.observe(WEBSITE));
        assertEquals(new Outcome.Unchanged(), remove(WEBSITE, first()));
        assertInstanceOf(Outcome.Changed.class, converge(WEBSITE, first()));
    }

    @Test
    void anAgentThatBeginsAgainFindsWhatIsThere() {
        converge(WEBSITE, first());
        awaitAsWanted(WEBSITE, first());
        driver.close();
        driver = begin();

        assertEquals(List.of(first().id()), ids(WEBSITE));
        assertEquals(new Outcome.Unchanged(), converge(WEBSITE, first()));
        awaitAsWanted(WEBSITE, first());
    }

    @Test
    void whatWasDamagedComesBack() {
        converge(WEBSITE, first());
        awaitAsWanted(WEBSITE, first());
        damage(WEBSITE, first());

        assertInstanceOf(Outcome.Changed.class, converge(WEBSITE, first()));
        awaitAsWanted(WEBSITE, first());
    }

    @Test
    void severalOfADeploymentAreSeenInTheOrderOfTheirNames() {
        converge(WEBSITE, other());
        converge(WEBSITE, first());

        assertEquals(List.of(first().id(), other().id()).stream().sorted().toList(), ids(WEBSITE));
    }

    private Outcome converge(DeploymentName deployment, R resource) {
        Owned owned = new Owned(deployment, resource.id());
        wanted.put(owned, resource);
        return switch (driver) {
            case InstanceDriver<R> each -> each.converge(deployment, resource, means());
            case SetDriver<R> all ->
                all.converge(Map.copyOf(wanted), _ -> means()).getOrDefault(owned, new Outcome.Unchanged());
        };
    }

    private Outcome remove(DeploymentName deployment, R resource) {
        Owned owned = new Owned(deployment, resource.id());
        wanted.remove(owned);
        return switch (driver) {
            case InstanceDriver<R> each -> each.remove(deployment, resource.id());
            case SetDriver<R> all -> {
                boolean wasThere = ids(deployment).contains(resource.id());
                all.converge(Map.copyOf(wanted), _ -> means());
                yield wasThere ? new Outcome.Changed("gone") : new Outcome.Unchanged();
            }
        };
    }

    private List<ResourceId> ids(DeploymentName deployment) {
        return driver.observe(deployment).stream().map(ResourceStatus::id).toList();
    }

    private void awaitAsWanted(DeploymentName deployment, R resource) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (driver.observe(deployment).stream()
                .noneMatch(status -> status.id().equals(resource.id()) && status.isAsWanted())) {
            assertTrue(
                    System.nanoTime() < end,
                    () -> "%s is not as wanted within %s: %s"
                            .formatted(resource.label(), TIMEOUT, driver.observe(deployment)));
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
