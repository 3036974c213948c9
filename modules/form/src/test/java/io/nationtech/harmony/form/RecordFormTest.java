package io.nationtech.harmony.form;

import static io.nationtech.harmony.form.Strictness.IGNORE_UNKNOWN;
import static io.nationtech.harmony.form.Strictness.REFUSE_UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.form.Garden.Fence;
import io.nationtech.harmony.form.Garden.Plant;
import io.nationtech.harmony.form.Garden.Soil;
import io.nationtech.harmony.form.Garden.Watering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordFormTest {
    private static final RecordForm<Garden> FORM = RecordForm.of(Garden.class);
    private static final Garden PLAIN = Garden.plain();

    @Nested
    class Written {
        @Test
        void whatIsAtItsDefaultIsAbsent() {
            assertEquals(
                    "{name=n1, soil=heavy-clay, memory=1048576, block=192.0.2.0/24, address=2001:db8:0:0:0:0:0:7, system=6.12.48, "
                            + "period=PT10S, since=2026-11-25T12:00:00Z, open=true, area=3, seeds=5000000000}",
                    FORM.write(PLAIN).toString());
        }

        @Test
        void setsAndMapsHaveAnOrder() {
            Map<String, Object> form = FORM.write(PLAIN.full());

            assertEquals(List.of(80, 443, 8080), form.get("ports"));
            assertEquals("{a=one, b=two}", form.get("labels").toString());
        }

        @Test
        void oneOfSeveralBeginsWithItsKind() {
            assertEquals(
                    "[{kind=fern}, {kind=graft, stock={kind=apple-tree, height=2}, scions=[{kind=apple-tree, height=1}]}]",
                    FORM.write(PLAIN.full()).get("plants").toString());
        }

        @Test
        void textsThatDifferInQuotesOnlyStayApart() {
            assertEquals("[\"a\\\",\\\"b\"]", Canonical.text(List.of("a\",\"b")));
            assertEquals("[\"a\",\"b\"]", Canonical.text(List.of("a", "b")));
        }

        @Test
        void aTextThatItsFactoryReadsAsSomethingElseIsNoForm() {
            RecordForm<Odd.Lossy> form = RecordForm.of(Odd.Lossy.class);

            assertThrows(IllegalStateException.class, () -> form.write(new Odd.Lossy(new Odd.Rounded(1, 4))));
        }
    }

    @Nested
    class Read {
        @Test
        void whatWasWrittenIsReadAgain() {
            for (Strictness strictness : Strictness.values()) {
                for (Garden garden : List.of(PLAIN, PLAIN.full())) {
                    assertEquals(new Reading<>(garden, List.of()), FORM.read(FORM.write(garden), strictness));
                }
            }
        }

        @Test
        void anUnknownFieldIsRefusedByNameOrLeftOut() {
            Map<String, Object> form = with("colour", "green");

            assertEquals(
                    "field 'colour': not known here: it was written by a newer version, or misspelt",
                    refused(form).getMessage());
            assertEquals(PLAIN, FORM.read(form, IGNORE_UNKNOWN).value());
            assertEquals(
                    "field 'beds[0].depth': not known here: it was written by a newer version, or misspelt; nor are 'ph'",
                    refused(with("beds", List.of(ordered("from", 1, "to", 2, "depth", 3, "ph", 7))))
                            .getMessage());
            assertEquals(
                    "field 'plants[0].ripe': not known here: it was written by a newer version, or misspelt",
                    refused(with("plants", List.of(ordered("kind", "fern", "ripe", true))))
                            .getMessage());
        }

        @Test
        void anUnknownKindIsRefusedByNameOrLeftOutAndTold() {
            Map<String, Object> cactus = ordered("kind", "cactus", "height", 1);
            Map<String, Object> form = with("plants", List.of(cactus, ordered("kind", "apple-tree", "height", 1)));

            assertEquals(
                    "field 'plants[0].kind': the kind 'cactus' is not known here",
                    refused(form).getMessage());
            assertEquals(
                    new Reading<>(
                            PLAIN.with(new Plant.AppleTree(1)),
                            List.of(new LeftOut(
                                    "field 'plants[0].kind': the kind 'cactus' is not known here", cactus))),
                    FORM.read(form, IGNORE_UNKNOWN));
        }

        @Test
        void anUnknownWordOutsideOfAListIsRefusedAlwaysAsTheWholeHasNoMeaningWithoutIt() {
            for (Strictness strictness : Strictness.values()) {
                FormException refused =
                        assertThrows(FormException.class, () -> FORM.read(with("soil", "sand"), strictness));
                assertEquals("soil", refused.path());
                assertEquals("the word 'sand' is not known here", refused.complaint());
            }
        }

        @Test
        void everyComplaintNamesItsField() {
            assertEquals("field 'name': missing", refused(without("name")).getMessage());
            assertEquals("field 'name': missing", refused(with("name", null)).getMessage());
            assertEquals("field 'name': not a text", refused(with("name", 1)).getMessage());
            assertEquals(
                    "field 'area': 4294967296 is too large",
                    refused(with("area", 1L << 32)).getMessage());
            assertEquals(
                    "field 'area': not a whole number, or too large",
                    refused(with("area", 1.5)).getMessage());
            assertEquals(
                    "field 'open': neither true nor false",
                    refused(with("open", "yes")).getMessage());
            assertEquals(
                    "field 'beds': not a list", refused(with("beds", "none")).getMessage());
            assertEquals(
                    "field 'beds[0]': not an object",
                    refused(with("beds", List.of(1))).getMessage());
            assertEquals(
                    "field 'labels[b]': not a text",
                    refused(with("labels", Map.of("b", 1))).getMessage());
            assertEquals("ports[1]", refused(with("ports", List.of(1, 70_000))).path());
            assertEquals(
                    "field 'ports': has 1 twice",
                    refused(with("ports", List.of(1, 1))).getMessage());
            assertEquals("block", refused(with("block", "192.0.2.1/24")).path());
            assertEquals("period", refused(with("period", "10 s")).path());
            assertEquals(
                    "since",
                    refused(with("since", "+1000000000-12-31T23:59:59Z")).path());
            assertEquals(
                    "plants[0].kind", refused(with("plants", List.of(Map.of()))).path());
        }

        @Test
        void whatRecordsAskOfTheirPartsIsAskedHereToo() {
            assertEquals(
                    "field 'beds[0]': bed runs backwards from 2 to 1",
                    refused(with("beds", List.of(ordered("from", 2, "to", 1)))).getMessage());
        }

        @Test
        void theBoundsHold() {
            Map<String, Object> plant = ordered("kind", "fern");
            for (int i = 0; i < 100; i++) {
                plant = ordered("kind", "graft", "stock", plant, "scions", List.of());
            }
            assertTrue(refused(with("plants", List.of(plant))).complaint().contains("deeper than 32 levels"));
            assertTrue(refused(with("ports", java.util.Collections.nCopies(10_001, 1)))
                    .complaint()
                    .contains("more than 10000"));
            assertTrue(refused(with("name", "a".repeat((1 << 20) + 1)))
                    .complaint()
                    .contains("more than 1048576"));
            assertTrue(
                    refused(with("x".repeat(100_000), 1)).getMessage().length() <= 1_000,
                    "a name that is too long to be told");
            assertTrue(refused(with("name", "A".repeat(100_000))).getMessage().length() <= 1_000);
        }

        @Test
        void theOldReadWhatTheNewWriteAsLongAsNothingNewIsUsed() {
            RecordForm<Odd.OldWatering> old = RecordForm.of(Odd.OldWatering.class);
            RecordForm<Watering> current = RecordForm.of(Watering.class);
            Watering ofOld = new Watering(Optional.of(Duration.ofHours(1)), List.of(), Optional.empty());
            Watering ofNew = new Watering(ofOld.every(), List.of(), Optional.of(Port.of(1)));

            assertEquals(1, current.versionNeeded(ofOld));
            assertEquals(
                    new Odd.OldWatering(ofOld.every(), List.of()),
                    old.read(current.write(ofOld), REFUSE_UNKNOWN).value());
            assertEquals(4, current.versionNeeded(ofNew));
            assertEquals(
                    "valve",
                    assertThrows(FormException.class, () -> old.read(current.write(ofNew), REFUSE_UNKNOWN))
                            .path());
        }

        private static FormException refused(Map<String, ?> form) {
            return assertThrows(FormException.class, () -> FORM.read(form, REFUSE_UNKNOWN));
        }
    }

    @Nested
    class Versions {
        @Test
        void aValueNeedsTheNewestOfWhatItUses() {
            assertEquals(1, FORM.versionNeeded(PLAIN));
            assertEquals(2, FORM.versionNeeded(PLAIN.with(Fence.HEDGE)));
            assertEquals(3, FORM.versionNeeded(PLAIN.with(Soil.PEAT)));
            assertEquals(
                    4,
                    FORM.versionNeeded(PLAIN.with(new Watering(Optional.empty(), List.of(), Optional.of(Port.of(1))))));
            assertEquals(1, FORM.versionNeeded(PLAIN.with(new Plant.AppleTree(1))));
            assertEquals(5, FORM.versionNeeded(PLAIN.with(new Plant.Graft(new Plant.Fern(), List.of()))));
        }

        @Test
        void theNewestIsThatOfTheWholeType() {
            assertEquals(5, FORM.newestVersion());
            assertEquals(4, RecordForm.of(Watering.class).newestVersion());
            assertEquals(1, RecordForm.of(Garden.Bed.class).newestVersion());
        }
    }

    @Nested
    class Unsupported {
        @Test
        void theTypeAndWhatToChangeAreNamed() {
            assertTrue(unsupported(Odd.Hidden.class).contains("Odd$Hidden is not public; make it public"));
            assertTrue(unsupported(Odd.Any.class).contains("java.lang.Object has no form"));
            assertTrue(unsupported(Odd.Clash.class).contains("has a component of that name; rename it"));
            assertTrue(unsupported(Odd.ByPort.class).contains("keys of java.util.Map<"));
        }

        @Test
        void aTypeThatFailedOnceFailsAgainAndHarmsNoOther() {
            unsupported(Odd.Any.class);
            unsupported(Odd.Any.class);
            assertEquals(1, RecordForm.of(Garden.Bed.class).newestVersion());
        }

        private static String unsupported(Class<?> type) {
            return assertThrows(UnsupportedTypeException.class, () -> RecordForm.of(type))
                    .getMessage();
        }
    }

    @Nested
    class Differences {
        @Test
        void areNamedByPathAndShownForPeople() {
            assertEquals(
                    List.of(
                            "soil: heavy clay → loam",
                            "watering.every: – → PT1H",
                            "plants[1]: – → AppleTree[height=3]"),
                    FORM
                            .differences(
                                    PLAIN.with(new Plant.Fern()),
                                    PLAIN.with(new Plant.Fern(), new Plant.AppleTree(3))
                                            .with(Soil.LOAM)
                                            .with(new Watering(
                                                    Optional.of(Duration.ofHours(1)), List.of(), Optional.empty())))
                            .stream()
                            .map(Difference::toString)
                            .toList());
        }

        /** Sets and maps have another order in every process; people compare what two of them printed. */
        @Test
        void ofSetsAndMapsStandInTheOrderOfTheirTexts() {
            Map<String, Integer> before = new LinkedHashMap<>();
            Map<String, Integer> after = new LinkedHashMap<>();
            for (String name : List.of("c", "a", "b")) {
                before.put(name, 1);
                after.put(name, 2);
            }

            assertEquals(
                    List.of("[a]: 1 → 2", "[b]: 1 → 2", "[c]: 1 → 2"),
                    Difference.between(before, after).stream()
                            .map(Difference::toString)
                            .toList());
            assertEquals(
                    List.of(": 1 → a, b, c"),
                    Difference.between(1, new LinkedHashSet<>(before.keySet())).stream()
                            .map(Difference::toString)
                            .toList());
        }

        @Test
        void equalValuesHaveNone() {
            assertEquals(
                    List.of(), FORM.differences(PLAIN.full(), Garden.plain().full()));
        }

        @Test
        void textsLeaveOutDefaults() {
            assertEquals(
                    Map.of("from", "1", "to", "2"),
                    RecordForm.of(Garden.Bed.class).texts(new Garden.Bed(Port.of(1), Port.of(2))));
            assertEquals(Map.of(), RecordForm.of(Watering.class).texts(Watering.DEFAULT));
        }
    }

    @Test
    void theDomainsLargestRecordHasAForm() {
        assertEquals(DevicePath.class, DevicePath.of("a").getClass());
        assertEquals(1, RecordForm.of(HardwareReport.class).newestVersion());
    }

    @Test
    void halfOfASurrogatePairIsReadAsItWouldBeWritten() {
        Garden read = FORM.read(with("labels", Map.of("a", "x\uD800")), REFUSE_UNKNOWN)
                .value();

        assertEquals(Map.of(NodeId.of("a"), "x?"), read.labels());
    }

    @Property(tries = 3_000)
    void whateverTheFormIsItIsReadOrRefusedAndNothingElse(
            @ForAll("changes") List<Map.Entry<List<Object>, Object>> changes) {
        Object form = FORM.write(PLAIN.full());
        for (Map.Entry<List<Object>, Object> change : changes) {
            form = changed(form, change.getKey(), change.getValue());
        }
        if (form instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, ?> named = (Map<String, ?>) map;
            for (Strictness strictness : Strictness.values()) {
                try {
                    Garden read = FORM.read(named, strictness).value();
                    assertEquals(
                            read, FORM.read(FORM.write(read), REFUSE_UNKNOWN).value());
                } catch (FormException e) {
                    assertTrue(e.getMessage().length() <= 1_000, e::getMessage);
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Map.Entry<List<Object>, Object>>> changes() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.of(0, -1, 1L << 40, 1.5, true, "", "a", "fern", "graft", "PT1S", "192.0.2.0/24", "\uD800"),
                Arbitraries.strings().ofMaxLength(5).map(text -> text));
        Arbitrary<String> names = Arbitraries.of(
                "kind", "stock", "scions", "height", "from", "to", "every", "steps", "valve", "a", "name", "soil");
        Arbitrary<Object> trees = Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(list -> (Object) list),
                        Arbitraries.maps(names, inner).ofMaxSize(4).map(map -> (Object) map)),
                0,
                3);
        Arbitrary<Object> steps = Arbitraries.integers().between(0, 20).map(step -> step);
        return Combinators.combine(steps.list().ofMinSize(1).ofMaxSize(4), trees)
                .as((path, tree) -> Map.entry(path, tree))
                .list()
                .ofMaxSize(4);
    }

    /** The form with another part at the place that one comes to by taking these turns. */
    private static Object changed(Object form, List<Object> path, Object part) {
        if (path.isEmpty()) {
            return part;
        }
        int step = (int) path.getFirst();
        List<Object> rest = path.subList(1, path.size());
        return switch (form) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                Map<Object, Object> copy = new LinkedHashMap<>(map);
                Object name = new ArrayList<>(map.keySet()).get(step % map.size());
                copy.put(name, changed(map.get(name), rest, part));
                yield copy;
            }
            case List<?> list
            when !list.isEmpty() -> {
                List<Object> copy = new ArrayList<>(list);
                copy.set(step % list.size(), changed(list.get(step % list.size()), rest, part));
                yield copy;
            }
            default -> part;
        };
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> form = FORM.write(PLAIN);
        form.put(name, value);
        return form;
    }

    private static Map<String, Object> without(String name) {
        Map<String, Object> form = FORM.write(PLAIN);
        form.remove(name);
        return form;
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
