package io.nationtech.harmony.domain.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The rule of all names that end up in subjects, units and hosts. */
class LabelTest {
    private static final List<Function<String, Object>> KINDS = List.of(
            ContainerName::of,
            DeploymentName::of,
            FailureDomain::of,
            NodeId::of,
            SecretRef::parse,
            ServiceName::of,
            SiteName::of,
            TopologyName::of);

    @Test
    void takesLabels() {
        for (String label : List.of("a", "0", "a-b", "a--b", "node-0123456789ab", "a".repeat(63))) {
            KINDS.forEach(kind -> kind.apply(label));
        }
    }

    @Test
    void refusesWhatIsNoLabel() {
        for (String other :
                List.of("", "-", "-a", "a-", "A", "a.b", "a_b", "a b", "a\n", "é", "a/b", "../a", "*", ">")) {
            KINDS.forEach(kind ->
                    Refusal.of(() -> kind.apply(other), "'" + other + "'", "is not a label", "use a-z, 0-9 and '-'"));
        }
    }

    @Test
    void refusesWhatIsTooLong() {
        KINDS.forEach(kind -> Refusal.of(() -> kind.apply("a".repeat(64)), "64 characters", "at most 63"));
    }

    @Test
    void aRefusalNamesTheKind() {
        Refusal.of(() -> NodeId.of("A"), "node 'A'");
        Refusal.of(() -> SecretRef.of("A"), "secret 'A'");
        Refusal.of(() -> DeploymentName.of("A"), "deployment 'A'");
    }

    @Test
    void aSecretIsShownAsAReference() {
        assertEquals("secret:db-password", SecretRef.of("db-password").toString());
    }

    @Property
    void namesAreOrderedAndShownAsTheirText(
            @ForAll @AlphaChars @StringLength(min = 1, max = 63) String one,
            @ForAll @AlphaChars @StringLength(min = 1, max = 63) String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);

        assertEquals(a.compareTo(b), NodeId.of(a).compareTo(NodeId.of(b)));
        assertEquals(a.compareTo(b), ServiceName.of(a).compareTo(ServiceName.of(b)));
        assertEquals(a.equals(b), SiteName.of(a).equals(SiteName.of(b)));
        Stream.of(NodeId.of(a), SiteName.of(a), TopologyName.of(a), ContainerName.of(a), FailureDomain.of(a))
                .forEach(name -> assertEquals(a, name.toString()));
    }
}
