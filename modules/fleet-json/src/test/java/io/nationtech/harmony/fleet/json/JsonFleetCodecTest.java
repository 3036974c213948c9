package io.nationtech.harmony.fleet.json;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.backup.SavedState;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.backup.SnapshotId;
import io.nationtech.harmony.domain.backup.WorkId;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.SerialPort;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.fleet.ChallengedRequest;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.mesh.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class JsonFleetCodecTest {
    private static final JsonFleetCodec CODEC = new JsonFleetCodec();
    private static final Map<String, Function<Payload, Decoded<?>>> READERS = Map.of(
            "desired state", CODEC::desiredState,
            "node info", CODEC::nodeInfo,
            "hardware report", CODEC::hardwareReport,
            "node state", CODEC::nodeState,
            "request", CODEC::challengedRequest,
            "exec reply", CODEC::execReply,
            "audit record", CODEC::auditRecord,
            "logs reply", CODEC::logsReply,
            "backup request", CODEC::backupRequest,
            "backup answer", CODEC::backupAnswer);

    @Property(tries = 300)
    @Domain(Documents.class)
    void desiredStateIsReadAsItWasWritten(@ForAll DesiredState state) {
        assertEquals(new Decoded.Value<>(state), CODEC.desiredState(CODEC.encode(state)));
    }

    @Property(tries = 300)
    @Domain(Documents.class)
    void nodeInfoIsReadAsItWasWritten(@ForAll NodeInfo info) {
        assertEquals(new Decoded.Value<>(info), CODEC.nodeInfo(CODEC.encode(info)));
    }

    @Property(tries = 300)
    @Domain(Documents.class)
    void nodeStateIsReadAsItWasWritten(@ForAll NodeState state) {
        assertEquals(new Decoded.Value<>(state), CODEC.nodeState(CODEC.encode(state)));
    }

    @Property(tries = 300)
    @Domain(HardwareReports.class)
    void aHardwareReportIsReadAsItWasWritten(@ForAll HardwareReport report) {
        assertEquals(new Decoded.Value<>(report), CODEC.hardwareReport(CODEC.encode(report)));
    }

    @Property(tries = 300)
    @Domain(Documents.class)
    void aLogsRequestIsReadAsItWasWritten(@ForAll LogsRequest request) {
        ChallengedRequest asked = new ChallengedRequest("0".repeat(32), request);
        assertEquals(new Decoded.Value<>(asked), CODEC.challengedRequest(CODEC.encode(asked)));
    }

    @Property(tries = 300)
    @Domain(Documents.class)
    void aLogsReplyIsReadAsItWasWritten(@ForAll LogsReply reply) {
        assertEquals(new Decoded.Value<>(reply), CODEC.logsReply(CODEC.encode(reply)));
    }

    @Example
    void whatIsAskedAndSaidOfBackupsIsReadAsItWasWritten() {
        ResourceId orders = ResourceId.parse("volume/orders");
        Instant at = Instant.parse("2026-11-28T02:30:00Z");
        SnapshotId id = SnapshotId.of("0123abcd");
        WorkId work = new WorkId("restore-1764374400123");
        for (BackupOrder order : List.of(
                new BackupOrder.Overview(),
                new BackupOrder.Run(Set.of(orders)),
                new BackupOrder.Verify(Set.of()),
                new BackupOrder.Restore(Set.of(orders), Optional.of(id), Optional.of(at)),
                new BackupOrder.Restore(Set.of(), Optional.empty(), Optional.empty()),
                new BackupOrder.Progress(work))) {
            BackupRequest request = new BackupRequest(DeploymentName.of("shop"), order);
            assertEquals(new Decoded.Value<>(request), CODEC.backupRequest(CODEC.encode(request)));
        }
        for (BackupAnswer answer : List.of(
                new BackupAnswer.Listed(
                        List.of(new SavedState(orders, Optional.of(at)), new SavedState(orders, Optional.empty())),
                        List.of(new Snapshot(id, orders, NodeId.of("node-1"), at, 1234))),
                new BackupAnswer.Begun(work),
                new BackupAnswer.Working("volume/orders: 12 %"),
                new BackupAnswer.Done("saved"),
                new BackupAnswer.Refused(new Cause("what", "where", "next")))) {
            assertEquals(new Decoded.Value<>(answer), CODEC.backupAnswer(CODEC.encode(answer)));
        }
    }

    @Property(tries = 2_000)
    void bytesOfAnyKindAreReadOrRefused(@ForAll byte[] bytes) {
        READERS.values().forEach(reader -> reader.apply(Payload.of(bytes)));
    }

    @Property(tries = 500)
    @Domain(Documents.class)
    @Domain(DomainContext.Global.class)
    void aDamagedDocumentIsReadOrRefused(@ForAll NodeState state, @ForAll int place, @ForAll byte value) {
        byte[] bytes = CODEC.encode(state).bytes();
        bytes[Math.floorMod(place, bytes.length)] = value;
        byte[] cut = Arrays.copyOf(bytes, Math.floorMod(place, bytes.length));

        READERS.values().forEach(reader -> reader.apply(Payload.of(bytes)));
        READERS.values().forEach(reader -> assertInstanceOf(Decoded.Unreadable.class, reader.apply(Payload.of(cut))));
    }

    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<Object> leaves = Arbitraries.of(
                1,
                -1,
                0,
                70_000,
                Long.MAX_VALUE,
                1.5,
                true,
                "",
                "a",
                "container",
                "converged",
                "failed",
                "amd64",
                "disk",
                "ssd");
        Arbitrary<String> names = Arbitraries.of(
                "version",
                "node",
                "deployment",
                "resources",
                "kind",
                "name",
                "image",
                "ports",
                "container",
                "probe",
                "memoryBytes",
                "id",
                "site",
                "address",
                "cpus",
                "capabilities",
                "revision",
                "convergence",
                "cause",
                "lines",
                "restarts",
                "phase",
                "since",
                "refused",
                "what",
                "generation",
                "processor",
                "devices",
                "path",
                "medium",
                "thermal",
                "power",
                "uplink",
                "platform",
                "unread");
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        leaves,
                        inner.list().ofMaxSize(3).map(list -> (Object) list),
                        Arbitraries.maps(names, inner).ofMaxSize(8).map(map -> (Object) map)),
                0,
                4);
    }

    /** A field is named where its own value is at fault; else it is one of the rules that hold for the whole. */
    private static final Pattern NAMES_FIELD_OR_RULE = Pattern.compile(
            " cannot be read: (fields? '|-?[0-9]+ log lines are outside 1\\.\\.|node '[^']*' with -?[0-9]+ processors cannot be"
                    + "|deployment '[^']*' wants |probe (period|timeout) )");

    @Property(tries = 3_000)
    void jsonOfAnyShapeIsReadOrRefusedWithACause(@ForAll("trees") Object tree) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> document.put((String) name, value));
        }
        document.put("version", 1);
        Payload payload = Payload.of(JSON.std.asBytes(document));

        READERS.forEach((kind, reader) -> {
            if (reader.apply(payload) instanceof Decoded.Unreadable<?>(Cause cause)) {
                assertTrue(cause.what().startsWith("the %s cannot be read: ".formatted(kind)), cause.what());
                assertTrue(NAMES_FIELD_OR_RULE.matcher(cause.what()).find(), cause.what());
            }
        });
    }

    @Test
    void aNewerFormIsRefusedWithWhatToDo() {
        READERS.forEach((kind, reader) -> {
            Cause cause = refused(reader, "{\"version\": 2, \"anything\": [1]}");
            assertEquals("the %s was written in form 2; form 1 is the newest known here".formatted(kind), cause.what());
            assertTrue(cause.next().contains("upgrade Harmony"), cause.next());
        });
    }

    @Test
    void aFormWithoutVersionOrWithNoneThatEverWasIsRefused() {
        for (String document : List.of("{}", "{\"version\":\"1\"}", "{\"version\":1.0}", "{\"version\":null}")) {
            Cause cause = refused(CODEC::nodeInfo, document);
            assertTrue(cause.what().contains("field 'version' is missing or not a whole number"), cause.what());
        }
        for (String document : List.of("{\"version\":0}", "{\"version\":-1}")) {
            Cause cause = refused(CODEC::nodeInfo, document);
            assertTrue(cause.what().contains("which is not known here"), cause.what());
        }
    }

    @Test
    void whatIsNoObjectIsRefused() {
        for (String document :
                List.of("", " ", "null", "1", "\"a\"", "[]", "{", "}", "{\"version\":1", "\u0000", "\uFEFF")) {
            READERS.values().forEach(reader -> refused(reader, document));
        }
    }

    @Test
    void aFieldIsNamedByItsPath() {
        Cause cause = refused(CODEC::desiredState, """
                {"version":1,"node":"n","deployment":"d","resources":[
                  {"kind":"container","name":"c","image":"registry.internal/a:1",
                   "resources":{"memoryLimit":1,"reserved":{"cpu":1,"memory":1}},
                   "network":{"ports":[{"node":80,"container":80},{"node":70000,"container":80}]}}]}""");

        assertEquals(
                "the desired state cannot be read: field 'resources[0].network.ports[1].node': port 70000 is outside 1..65535",
                cause.what());
    }

    @Test
    void aResourceOfAnUnknownKindIsRefusedInsteadOfGuessed() {
        Cause cause = refused(CODEC::desiredState, """
                {"version":1,"node":"n","deployment":"d","resources":[{"kind":"volume","name":"v"}]}""");

        assertTrue(
                cause.what().contains("field 'resources[0].kind': the kind 'volume' is not known here"), cause.what());
    }

    @Test
    void whatANodeIsToldIsRefusedByNameWhereItSaysMoreThanIsKnownHere() {
        Map<String, String> containers = Map.of(
                "env", "{\"A\":\"1\"}",
                "command", "[\"/bin/site\"]",
                "readOnlyRootFilesystem", "true");
        containers.forEach((name, value) -> {
            String document = DESIRED.formatted("", ",\"%s\":%s".formatted(name, value));
            assertEquals(
                    "the desired state cannot be read: field 'resources[0].%s': not known here: %s"
                            .formatted(name, NEWER_OR_MISSPELT),
                    refused(CODEC::desiredState, document).what());
        });

        assertEquals(
                "the desired state cannot be read: field 'paused': not known here: " + NEWER_OR_MISSPELT,
                refused(CODEC::desiredState, DESIRED.formatted(",\"paused\":true", ""))
                        .what());
        assertEquals(
                "the desired state cannot be read: field 'resources[0].a': not known here: " + NEWER_OR_MISSPELT
                        + "; nor are 'b'",
                refused(CODEC::desiredState, DESIRED.formatted("", ",\"a\":1,\"b\":null"))
                        .what());
    }

    @Test
    void anAgentOfTheLastFormBesideACommandLineOfThisOneDoesWhatItKnowsAndRefusesTheRestByName() {
        JsonFleetCodec old = new JsonFleetCodec(ResourceKinds.of(List.of(new OldContainer.Kind())));
        Container container =
                Container.of(ContainerName.of("c"), ImageReference.of("registry.internal/a:1"), Memory.ofBytes(1));
        DesiredState known = new DesiredState(NodeId.of("n"), DeploymentName.of("d"), List.of(container));
        DesiredState newer = new DesiredState(
                NodeId.of("n"),
                DeploymentName.of("d"),
                List.of(container.with(
                        Container.Storage.keeping(Volume.of(DataName.of("log"), MountPath.of("/var/log"))))));

        assertEquals(
                new Decoded.Value<>(new DesiredState(
                        NodeId.of("n"),
                        DeploymentName.of("d"),
                        List.of(new OldContainer(container.name(), container.image(), container.resources())))),
                old.desiredState(CODEC.encode(known)));
        Cause cause = assertInstanceOf(Decoded.Unreadable.class, old.desiredState(CODEC.encode(newer)))
                .cause();
        assertEquals(
                "the desired state cannot be read: field 'resources[0].storage': not known here: " + NEWER_OR_MISSPELT,
                cause.what());
        DesiredState zoned = new DesiredState(
                NodeId.of("n"),
                DeploymentName.of("d"),
                List.of(container.env(EnvName.of("TZ"), EnvText.of("Europe/Zurich"))));
        assertEquals(
                "the desired state cannot be read: field 'resources[0].execution': not known here: "
                        + NEWER_OR_MISSPELT,
                assertInstanceOf(Decoded.Unreadable.class, old.desiredState(CODEC.encode(zoned)))
                        .cause()
                        .what());
    }

    @Test
    void aWithdrawalIsSaidAndNeverConcludedFromWhatIsMissing() {
        assertEquals(
                "the desired state cannot be read: field 'resources': missing",
                refused(CODEC::desiredState, "{\"version\":1,\"node\":\"n\",\"deployment\":\"d\"}")
                        .what());
    }

    @Test
    void whateverGoesToNodesIsReadStrictly() {
        Cause since = refused(CODEC::challengeRequest, "{\"version\":1,\"deployment\":\"d\",\"since\":\"PT1H\"}");
        assertTrue(since.what().contains("field 'since': not known here"), since.what());
        Cause until = refused(
                CODEC::sealedForNode,
                "{\"version\":1,\"node\":\"n\",\"deployment\":\"d\",\"secret\":{\"ref\":\"s\",\"version\":1},"
                        + "\"key\":\"age1abcdefgh\",\"sealed\":\"AQID\",\"until\":1}");
        assertTrue(until.what().contains("field 'until': not known here"), until.what());
    }

    @Test
    void whateverComesFromNodesIsReadWithoutWhatIsNotKnownHere() {
        assertInstanceOf(
                Decoded.Value.class,
                CODEC.nodeState(Payload.of("{\"version\":1,\"node\":\"n\",\"deployment\":\"d\",\"revision\":1,"
                        + "\"convergence\":{\"kind\":\"converged\"},\"mood\":\"good\",\"containers\":[{\"name\":\"c\","
                        + "\"running\":\"running\",\"health\":\"healthy\",\"restarts\":3}]}")));
        assertInstanceOf(
                Decoded.Value.class,
                CODEC.maintenance(Payload.of(
                        "{\"version\":1,\"node\":\"n\",\"extent\":\"drained\",\"since\":\"2026-11-25T12:00:00Z\","
                                + "\"by\":\"a@b\",\"why\":\"disk\"}")));
    }

    private static final String NEWER_OR_MISSPELT = "it was written by a newer version, or misspelt";
    private static final String DESIRED = "{\"version\":1,\"node\":\"n\",\"deployment\":\"d\"%s,\"resources\":["
            + "{\"kind\":\"container\",\"name\":\"c\",\"image\":\"registry.internal/a:1\","
            + "\"resources\":{\"memoryLimit\":1,\"reserved\":{\"cpu\":1,\"memory\":1}}%s}]}";

    @Test
    void aDeviceOfAnUnknownKindIsLeftOutAndTold() {
        HardwareReport report = hardwareReport("""
                {"kind":"npu","path":"accel0","tops":40},
                {"kind":"disk","path":"sda","medium":"dna","size":2,"free":1,"health":"good"},
                {"kind":"serial-port","path":"ttyUSB0","baud":115200}""");

        assertEquals(
                List.of(new SerialPort(DevicePath.of("ttyUSB0"))),
                report.hardware().devices());
        assertEquals(
                List.of(
                        "report: accel0 (field 'hardware.devices[0].kind': the kind 'npu' is not known here)",
                        "report: sda (field 'hardware.devices[1].medium': the word 'dna' is not known here)"),
                report.unread().stream().map(Unread::toString).toList());
    }

    @Test
    void aDeviceThatContradictsItselfIsRefused() {
        Cause cause = refused(CODEC::hardwareReport, HARDWARE.formatted("""
                {"kind":"disk","path":"sda","medium":"ssd","size":1,"free":2,"health":"good"}"""));

        assertEquals(
                "the hardware report cannot be read: field 'hardware.devices[0]': free space of sda in bytes: 2 is outside 0..1",
                cause.what());
    }

    private static final String HARDWARE = """
            {"version":1,"node":"n","generation":1,"location":{"site":"s","failureDomain":"f"},"hardware":{
             "processor":{"isa":"x86-64-v1","model":"m","topology":{"sockets":1,"cores":1,"threads":1}},
             "memory":1,"devices":[%s],"power":{"kind":"unknown"},"uplink":"unknown",
             "platform":{"model":"m","machine":"bare-metal","virtualisation":"offered","secureBoot":"off",
               "system":{"id":"debian","version":"13","kernel":"6"}}}}""";

    private static HardwareReport hardwareReport(String devices) {
        return switch (CODEC.hardwareReport(Payload.of(HARDWARE.formatted(devices)))) {
            case Decoded.Value<HardwareReport>(HardwareReport report) -> report;
            case Decoded.Unreadable<HardwareReport>(Cause cause) -> throw new AssertionError(cause);
        };
    }

    @Test
    void twoResourcesOfOneNameAreRefused() {
        String one = "{\"kind\":\"container\",\"name\":\"c\",\"image\":\"registry.internal/a:1\","
                + "\"resources\":{\"memoryLimit\":1,\"reserved\":{\"cpu\":1,\"memory\":1}}}";
        Cause cause = refused(
                CODEC::desiredState,
                "{\"version\":1,\"node\":\"n\",\"deployment\":\"d\",\"resources\":[%s,%s]}".formatted(one, one));

        assertTrue(cause.what().contains("container c twice"), cause.what());
    }

    @Test
    void aFieldWrittenTwiceIsRefused() {
        refused(CODEC::challengeRequest, "{\"version\":1,\"deployment\":\"a\",\"deployment\":\"b\"}");
    }

    @Test
    void deepNestingIsRefused() {
        for (int depth : new int[] {1_000, 500_000}) {
            READERS.values().forEach(reader -> refused(reader, "[".repeat(depth)));
            READERS.values().forEach(reader -> refused(reader, "{\"version\":".repeat(depth / 12)));
        }
    }

    @Test
    void hugeNumbersAreRefused() {
        for (String number :
                List.of("1e999999999", "9".repeat(999), "9".repeat(100_000), "9223372036854775808", "-1")) {
            String document =
                    "{\"version\":1,\"nonce\":\"%s\",\"request\":{\"kind\":\"logs-request\",\"deployment\":\"a\",\"lines\":%s}}"
                            .formatted("0".repeat(32), number);
            assertAll(
                    number.substring(0, Math.min(20, number.length())),
                    () -> refused(CODEC::challengedRequest, document));
        }
    }

    @Test
    void aDocumentOfOneMebibyteIsRefusedWithAShortCause() {
        String start = "{\"version\":1,\"nonce\":\"";
        String document = start + "a".repeat(Payload.LARGEST - start.length() - 2) + "\"}";

        Cause cause = refused(CODEC::challengedRequest, document);

        assertEquals(Payload.LARGEST, document.length());
        assertTrue(
                cause.what().length() <= 2_000,
                () -> "the cause has " + cause.what().length() + " characters");
    }

    @Test
    void halfACharacterIsWrittenAsAPlaceholder() {
        LogsReply reply = new LogsReply.Lines(List.of(new LogsReply.Line(ResourceName.of("c"), "a\uD83D b")));

        assertEquals(
                new Decoded.Value<LogsReply>(
                        new LogsReply.Lines(List.of(new LogsReply.Line(ResourceName.of("c"), "a? b")))),
                CODEC.logsReply(CODEC.encode(reply)));
    }

    private static Cause refused(Function<Payload, Decoded<?>> reader, String document) {
        Payload payload = Payload.of(document.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(Decoded.Unreadable.class, reader.apply(payload)).cause();
    }
}
