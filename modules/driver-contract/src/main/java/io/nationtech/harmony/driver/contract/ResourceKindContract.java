package io.nationtech.harmony.driver.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Strictness;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a kind of resource must hold, so that whoever plans, tells and keeps resources need not know it.
 *
 * @param <R> the resources
 */
public abstract class ResourceKindContract<R extends Record & NodeResource> {
    private static final ResourceName ANOTHER = ResourceName.of("another");

    /** For the tests of one. */
    protected ResourceKindContract() {}

    /** What is examined. */
    protected abstract ResourceKind<R> kind();

    /** Resources of it that differ from one another, at least two; together they use all that a resource can say. */
    protected abstract List<R> examples();

    @Test
    void itIsFoundAsAService() {
        Optional<ResourceKind<?>> found = ResourceKinds.installed().named(kind().name());

        assertEquals(
                Optional.of(kind().getClass()),
                found.map(ResourceKind::getClass),
                () -> "write `provides ResourceKind with %s` in its module"
                        .formatted(kind().getClass().getName()));
    }

    @Test
    void itsResourcesSayThatTheyAreOfIt() {
        for (R example : examples()) {
            assertEquals(kind().name(), example.id().kind(), example::label);
            assertInstanceOf(kind().type(), example);
            assertFalse(example.label().isBlank());
        }
    }

    @Test
    void whatTravelsIsReadAsItWasAndNothingIsLost() {
        RecordForm<R> form = RecordForm.of(kind().type());
        for (R example : examples()) {
            Map<String, Object> written = form.write(example);
            assertEquals(example, form.read(written, Strictness.REFUSE_UNKNOWN).value());
        }
        assertEquals(
                examples().size(),
                new HashSet<>(examples().stream().map(form::canonical).toList()).size(),
                "different resources have different forms");
    }

    @Test
    void theVersionThatAResourceNeedsIsOneThatThereIs() {
        RecordForm<R> form = RecordForm.of(kind().type());
        for (R example : examples()) {
            int needed = form.versionNeeded(example);
            assertTrue(needed >= 1 && needed <= form.newestVersion(), () -> example.label() + " needs " + needed);
        }
    }

    @Test
    void aNameChangesNothingElse() {
        for (R example : examples()) {
            NodeResource renamed = example.named(ANOTHER);
            assertEquals(ANOTHER, renamed.id().name());
            assertEquals(kind().name(), renamed.id().kind());
            assertEquals(example.claim(), renamed.claim(), "a claim does not depend on the name");
            assertEquals(example, renamed.named(example.id().name()), "there and back");
        }
    }

    @Test
    void aPlaceThatGivesNothingChangesNothing() {
        for (R example : examples()) {
            NodeResource placed = example.placed(example.claim().devices(), example.mobility());
            assertEquals(example, placed);
            assertEquals(example.id(), example.placed(List.of(), Mobility.MOVES).id());
        }
    }

    @Test
    void aClaimIsWithinItself() {
        for (R example : examples()) {
            assertTrue(example.claim().isWithin(example.claim()), example::label);
        }
    }

    @Test
    void itDoesNotComeAfterItself() {
        assertFalse(kind().after().contains(kind().name()));
        List<KindName> order = ResourceKinds.installed().inOrder().stream()
                .map(ResourceKind::name)
                .toList();
        for (KindName earlier : kind().after()) {
            assertTrue(
                    order.indexOf(earlier) < order.indexOf(kind().name()),
                    () -> "%s is made before %s".formatted(earlier, kind().name()));
        }
    }
}
