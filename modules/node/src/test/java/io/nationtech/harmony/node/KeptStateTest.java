package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.node.KeptState.Good;
import io.nationtech.harmony.node.KeptState.RolledBack;
import io.nationtech.harmony.node.KeptState.Sight;
import io.nationtech.harmony.node.KeptState.Tried;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptStateTest {
    private static final NodeId NODE = NodeId.of("n1");
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final Optional<Pace> TERMS = Optional.of(new Pace(Duration.ofSeconds(30), Duration.ofMinutes(5)));
    private static final Sight WHOLE = new Sight.Whole();
    private static final Sight AMISS = new Sight.Amiss("container web is stopped and unknown");
    private static final Versioned<DesiredState> ONE = told(1, Optional.empty(), web("site:1"));
    private static final Versioned<DesiredState> TWO = told(2, TERMS, web("site:2"));
    /** As clocks of the kind begin: anywhere, and they overflow, here just before a deadline. */
    private static final long BEGIN =
            Long.MAX_VALUE - Duration.ofMillis(299_500).toNanos();

    @Test
    void whatHoldsIsGoodAndNeverGivenUpAgain() {
        KeptState held = tried(TWO).seen(WHOLE, at(10)).seen(WHOLE, at(39));
        KeptState good = held.seen(WHOLE, at(40));

        assertInstanceOf(Tried.class, held);
        assertEquals(new Good(TWO), good);
        assertEquals(good, good.seen(AMISS, at(10_000)));
        assertEquals(TWO, good.lastGood());
    }

    @Test
    void whatBreaksBeforeItHasHeldBeginsAgainAndHasNoMoreTimeForThat() {
        KeptState broken = tried(TWO).seen(WHOLE, at(10)).seen(AMISS, at(20)).seen(WHOLE, at(290));

        assertInstanceOf(Tried.class, broken.seen(WHOLE, at(319)), "it is whole, so it may hold on after its deadline");
        assertEquals(new Good(TWO), broken.seen(WHOLE, at(320)));
        assertInstanceOf(RolledBack.class, broken.seen(AMISS, at(310)));
    }

    @Test
    void afterItsTimeTheNodeHasWhatWasThereBeforeUntilThereIsNewerWord() {
        KeptState late = tried(TWO).seen(AMISS, at(299));
        KeptState back = late.seen(AMISS, at(300));

        assertEquals(TWO, late.current());
        assertEquals(
                new RolledBack(
                        TWO,
                        ONE,
                        new Cause(
                                "returned to revision 1, because revision 2 was not as declared within 300 s:"
                                        + " container web is stopped and unknown",
                                "node n1, deployment website",
                                "mend it and deploy again; told the same once more, the node tries it again")),
                back);
        assertEquals(ONE, back.current());
        assertEquals(back, back.seen(WHOLE, at(1_000)));
        Versioned<DesiredState> again = told(3, TERMS, web("site:2"));
        assertEquals(
                new Tried(again, ONE, at(2_000), Optional.empty()),
                KeptState.told(again, Optional.of(back), at(2_000)));
    }

    @Test
    void withoutTermsItIsTriedForEver() {
        assertEquals(TWO.value().resources(), endless(told(2, Optional.empty(), web("site:2")), ONE));
    }

    @Test
    void thereIsNoWayBackToNothing() {
        assertEquals(TWO.value().resources(), endless(TWO, KeptState.nothing(TWO.value())));
    }

    @Test
    void whatTheNewestTakesFromTheNodeDoesNotComeBackAsItMayRunElsewhereByNow() {
        Versioned<DesiredState> both = told(1, Optional.empty(), web("site:1"), named("db"));

        assertEquals(TWO.value().resources(), endless(TWO, both));
    }

    @Test
    void whatIsTheSameIsNoWayBack() {
        Versioned<DesiredState> same = told(2, TERMS, web("site:1"));

        assertEquals(same.value().resources(), endless(same, ONE));
    }

    /** What is there after very long, when it never comes to be. */
    private static List<NodeResource> endless(Versioned<DesiredState> newest, Versioned<DesiredState> lastGood) {
        KeptState tried =
                KeptState.told(newest, Optional.of(new Good(lastGood)), at(0)).seen(AMISS, at(10_000));
        assertEquals(Optional.empty(), tried.untilDecided(at(10_000)));
        assertInstanceOf(Tried.class, tried);
        return tried.current().value().resources();
    }

    @Test
    void ofWordThatOvertakesWordThatNeverCameToBeTheFirstIsTheWayBack() {
        KeptState overtaken = KeptState.told(told(3, TERMS, web("site:3")), Optional.of(tried(TWO)), at(10));

        assertEquals(ONE, overtaken.seen(AMISS, at(310)).current());
        assertInstanceOf(Tried.class, overtaken.seen(AMISS, at(309)));
    }

    @Test
    void itSaysWhenSomethingIsDecidedByThePassingOfTime() {
        assertEquals(Optional.of(Duration.ofSeconds(300)), tried(TWO).untilDecided(at(0)));
        assertEquals(
                Optional.of(Duration.ofSeconds(20)),
                tried(TWO).seen(WHOLE, at(10)).untilDecided(at(20)));
        assertEquals(Optional.empty(), new Good(TWO).untilDecided(at(0)));
    }

    @Test
    void afterARestartItGoesOnAsItWas() {
        Cause why = new Cause("returned", "node n1", "mend it");

        assertEquals(new Good(TWO), KeptState.found(TWO, Optional.empty(), Optional.empty(), at(0)));
        assertEquals(
                new Good(ONE),
                KeptState.found(ONE, Optional.of(ONE), Optional.empty(), at(0)),
                "cut off before the newer word was on the disk");
        assertEquals(
                new Tried(TWO, ONE, at(7), Optional.empty()),
                KeptState.found(TWO, Optional.of(ONE), Optional.empty(), at(7)));
        assertEquals(
                new RolledBack(TWO, ONE, why),
                KeptState.found(TWO, Optional.of(ONE), Optional.of(new Versioned<>(2, why)), at(0)));
        assertEquals(
                new Tried(TWO, ONE, at(0), Optional.empty()),
                KeptState.found(TWO, Optional.of(ONE), Optional.of(new Versioned<>(1, why)), at(0)),
                "it went back from something else");
    }

    @Test
    void itIsWholeWhenAllIsThereAsItShouldBeAndNothingElse() {
        ResourceStatus web = ResourceStatus.of(ResourceId.parse("container/web"), ResourceStatus.Phase.RUNNING);
        ResourceStatus old = ResourceStatus.of(ResourceId.parse("container/old"), ResourceStatus.Phase.RUNNING);

        assertEquals(WHOLE, sight(web));
        assertEquals(new Sight.Amiss("container web is not there, container old is still there"), sight(old));
        assertEquals(
                new Sight.Amiss("container web is running and unhealthy (timed out)"),
                sight(web.health(ResourceStatus.Health.UNHEALTHY).detail("timed out")));
        assertEquals(
                new Sight.Amiss("podman is away"),
                Sight.of(ONE.value(), Optional.of(new Cause("podman is away", "node", "wait")), List.of(web)));
    }

    private static Sight sight(ResourceStatus... found) {
        return Sight.of(ONE.value(), Optional.empty(), List.of(found));
    }

    private static KeptState tried(Versioned<DesiredState> newest) {
        return KeptState.told(newest, Optional.of(new Good(ONE)), at(0));
    }

    private static long at(long seconds) {
        return BEGIN + Duration.ofSeconds(seconds).toNanos();
    }

    private static Versioned<DesiredState> told(long revision, Optional<Pace> terms, NodeResource... resources) {
        return new Versioned<>(revision, new DesiredState(NODE, WEBSITE, List.of(resources), terms));
    }

    private static NodeResource web(String image) {
        return Fixtures.container("web", 8080, image);
    }

    private static NodeResource named(String name) {
        return Fixtures.container(name, 8081, "site:1");
    }
}
