package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.ForeignResource;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.fleet.AuditRecord;
import io.nationtech.harmony.fleet.Challenge;
import io.nationtech.harmony.fleet.ChallengeRequest;
import io.nationtech.harmony.fleet.ChallengedRequest;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.RestartReply;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.form.FormException;
import io.nationtech.harmony.form.Reading;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.RecordForms;
import io.nationtech.harmony.form.Strictness;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.rollout.KeptChanges;
import io.nationtech.harmony.rollout.PlannedChanges;
import io.nationtech.harmony.rollout.RolloutRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * The fleet's data as JSON objects that begin with their form's version. What goes to nodes is read strictly: a field that is not
 * known is refused by name, as the node would else leave out what it was told and report success. What comes from nodes,
 * and that somebody works on one, is read tolerantly: an older reader must understand what newer versions say, and a node whose
 * maintenance it cannot read would count as free.
 */
public final class JsonFleetCodec implements FleetCodec {
    /** The version that is written. A reader refuses a higher one: it could not know what it leaves out. */
    static final int VERSION = 1;

    private static final String VERSION_FIELD = "version";

    private static final String RESOURCES_FIELD = "resources";

    private final RecordForm<DesiredState> desiredState;
    private final RecordForm<KeptChanges> keptChanges;
    private final Foreign foreign;
    private final Set<String> known;

    /** What is made of a resource of a kind that is not known here. */
    private enum Foreign {
        /** What a node is told is refused by name. */
        REFUSED,
        /** Whoever looks at a fleet sees that it is there. */
        SHOWN
    }

    /** A codec that knows the kinds of resources of the modules that this program was started with. */
    public JsonFleetCodec() {
        this(ResourceKinds.installed());
    }

    /** A codec that knows these kinds of resources and refuses others by name. */
    public JsonFleetCodec(ResourceKinds kinds) {
        this(kinds, Foreign.REFUSED);
    }

    /** A codec for those who look at what nodes are told: of other kinds than these there is a {@link ForeignResource}. */
    public static JsonFleetCodec forOnlookers(ResourceKinds kinds) {
        return new JsonFleetCodec(kinds, Foreign.SHOWN);
    }

    private JsonFleetCodec(ResourceKinds kinds, Foreign foreign) {
        this.foreign = foreign;
        Map<String, Class<? extends NodeResource>> types = new LinkedHashMap<>();
        kinds.inOrder().forEach(kind -> types.put(kind.name().value(), kind.type()));
        this.known = Set.copyOf(types.keySet());
        RecordForms forms = RecordForms.closed().withKinds(NodeResource.class, types);
        this.desiredState = forms.of(DesiredState.class);
        this.keptChanges = forms.of(KeptChanges.class);
    }

    @Override
    public Payload encode(DesiredState state) {
        Map<String, Object> form = desiredState.write(state);
        form.putIfAbsent(RESOURCES_FIELD, List.of());
        return document(form);
    }

    @Override
    public Payload encode(NodeInfo info) {
        return document(NodeInfo.class, info);
    }

    @Override
    public Payload encode(HardwareReport report) {
        return document(HardwareReport.class, report);
    }

    @Override
    public Payload encode(NodeState state) {
        return document(NodeState.class, state);
    }

    @Override
    public Payload encode(NodeEndpoints endpoints) {
        return document(NodeEndpoints.class, endpoints);
    }

    @Override
    public Payload encode(Maintenance maintenance) {
        return document(Maintenance.class, maintenance);
    }

    @Override
    public Payload encode(SealedForNode secret) {
        return document(SealedForNode.class, secret);
    }

    @Override
    public Payload encode(RolloutRecord rollout) {
        return document(RolloutRecord.class, rollout);
    }

    @Override
    public Payload encode(KeptChanges changes) {
        return document(keptChanges.write(changes));
    }

    @Override
    public Payload encode(ChallengeRequest request) {
        return document(ChallengeRequest.class, request);
    }

    @Override
    public Payload encode(Challenge challenge) {
        return document(Challenge.class, challenge);
    }

    @Override
    public Payload encode(ChallengedRequest request) {
        return document(ChallengedRequest.class, request);
    }

    @Override
    public Payload encode(ExecReply reply) {
        return document(ExecReply.class, reply);
    }

    @Override
    public Payload encode(RestartReply reply) {
        return document(RestartReply.class, reply);
    }

    @Override
    public Payload encode(UpgradeAnswer answer) {
        return document(UpgradeAnswer.class, answer);
    }

    @Override
    public Payload encode(ResetAnswer answer) {
        return document(ResetAnswer.class, answer);
    }

    @Override
    public Payload encode(AuditRecord record) {
        return document(AuditRecord.class, record);
    }

    @Override
    public Payload encode(LogsReply reply) {
        return document(LogsReply.class, reply);
    }

    @Override
    public Decoded<DesiredState> desiredState(Payload payload) {
        return read("desired state", payload, this::readDesiredState);
    }

    @Override
    public Decoded<NodeInfo> nodeInfo(Payload payload) {
        return read("node info", payload, NodeInfo.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<HardwareReport> hardwareReport(Payload payload) {
        return read(
                "hardware report",
                payload,
                HardwareReport.class,
                Strictness.IGNORE_UNKNOWN,
                JsonFleetCodec::withUnread);
    }

    @Override
    public Decoded<NodeState> nodeState(Payload payload) {
        return read("node state", payload, NodeState.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<NodeEndpoints> nodeEndpoints(Payload payload) {
        return read("node endpoints", payload, NodeEndpoints.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<Maintenance> maintenance(Payload payload) {
        return read("maintenance", payload, Maintenance.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<SealedForNode> sealedForNode(Payload payload) {
        return read("sealed secret", payload, SealedForNode.class, Strictness.REFUSE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<RolloutRecord> rollout(Payload payload) {
        return read("rollout", payload, RolloutRecord.class, Strictness.REFUSE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<KeptChanges> keptChanges(Payload payload) {
        return read(
                "changes of a rollout",
                payload,
                fields -> keptChanges.read(fields, Strictness.REFUSE_UNKNOWN).value());
    }

    @Override
    public Decoded<PlannedChanges> plannedChanges(Payload payload) {
        return read("changes of a rollout", payload, PlannedChanges.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Payload encode(BackupRequest request) {
        return document(BackupRequest.class, request);
    }

    @Override
    public Payload encode(BackupAnswer answer) {
        return document(BackupAnswer.class, answer);
    }

    @Override
    public Decoded<BackupRequest> backupRequest(Payload payload) {
        return read("backup request", payload, BackupRequest.class, Strictness.REFUSE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<BackupAnswer> backupAnswer(Payload payload) {
        return read("backup answer", payload, BackupAnswer.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<ChallengeRequest> challengeRequest(Payload payload) {
        return read(
                "question for a challenge", payload, ChallengeRequest.class, Strictness.REFUSE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<Challenge> challenge(Payload payload) {
        return read("challenge", payload, Challenge.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<ChallengedRequest> challengedRequest(Payload payload) {
        return read("request", payload, ChallengedRequest.class, Strictness.REFUSE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<ExecReply> execReply(Payload payload) {
        return read("exec reply", payload, ExecReply.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<RestartReply> restartReply(Payload payload) {
        return read("restart reply", payload, RestartReply.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<UpgradeAnswer> upgradeAnswer(Payload payload) {
        return read("answer to an upgrade", payload, UpgradeAnswer.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<ResetAnswer> resetAnswer(Payload payload) {
        return read("answer to a reset", payload, ResetAnswer.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<AuditRecord> auditRecord(Payload payload) {
        return read("audit record", payload, AuditRecord.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    @Override
    public Decoded<LogsReply> logsReply(Payload payload) {
        return read("logs reply", payload, LogsReply.class, Strictness.IGNORE_UNKNOWN, Reading::value);
    }

    /** To have nothing withdraws a deployment, so it is said, never concluded from what is missing. */
    private DesiredState readDesiredState(Map<String, ?> fields) {
        if (fields.get(RESOURCES_FIELD) == null) {
            throw new InvalidValueException("field '%s': missing".formatted(RESOURCES_FIELD));
        }
        return switch (foreign) {
            case REFUSED -> desiredState.read(fields, Strictness.REFUSE_UNKNOWN).value();
            case SHOWN -> withForeign(fields);
        };
    }

    private DesiredState withForeign(Map<String, ?> fields) {
        List<Object> known = new ArrayList<>();
        List<NodeResource> others = new ArrayList<>();
        if (fields.get(RESOURCES_FIELD) instanceof List<?> resources) {
            resources.forEach(resource -> foreign(resource).ifPresentOrElse(others::add, () -> known.add(resource)));
        }
        Map<String, Object> rest = new LinkedHashMap<>(fields);
        rest.put(RESOURCES_FIELD, known);
        DesiredState state = desiredState.read(rest, Strictness.REFUSE_UNKNOWN).value();
        others.addAll(0, state.resources());
        return state.with(others);
    }

    /** By its name, which the form of every kind has. */
    private Optional<NodeResource> foreign(Object resource) {
        return resource instanceof Map<?, ?> form
                        && form.get("kind") instanceof String kind
                        && !known.contains(kind)
                        && form.get("name") instanceof String name
                ? Optional.of(new ForeignResource(new ResourceId(KindName.of(kind), ResourceName.of(name))))
                : Optional.empty();
    }

    private static <T> Payload document(Class<T> type, T value) {
        return document(RecordForm.of(type).write(value));
    }

    private static Payload document(Map<String, Object> fields) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(VERSION_FIELD, VERSION);
        document.putAll(fields);
        return Payload.of(JSON.std.asBytes(document));
    }

    /**
     * @param whole what a value is with what it lacks of its form
     */
    private static <T> Decoded<T> read(
            String kind, Payload payload, Class<T> type, Strictness strictness, Function<Reading<T>, T> whole) {
        return read(kind, payload, fields -> whole.apply(RecordForm.of(type).read(fields, strictness)));
    }

    private static <T> Decoded<T> read(String kind, Payload payload, Function<Map<String, ?>, T> reader) {
        try {
            Map<String, Object> fields = fields(payload);
            if (!(fields.remove(VERSION_FIELD) instanceof Integer version)) {
                return new Decoded.Unreadable<>(broken(kind, "field 'version' is missing or not a whole number"));
            }
            if (version < 1) {
                return new Decoded.Unreadable<>(
                        broken(kind, "field 'version' is %d, which is not known here".formatted(version)));
            }
            if (version > VERSION) {
                return new Decoded.Unreadable<>(newer(kind, version));
            }
            return new Decoded.Value<>(reader.apply(fields));
        } catch (JacksonException e) {
            return new Decoded.Unreadable<>(broken(kind, "not JSON: " + e.getOriginalMessage()));
        } catch (FormException | InvalidValueException e) {
            return new Decoded.Unreadable<>(broken(kind, String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Object> fields(Payload payload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (JSON.std.anyFrom(payload.bytes()) instanceof Map<?, ?> object) {
            object.forEach((name, value) -> fields.put((String) name, value));
            return fields;
        }
        throw new InvalidValueException("it is not an object");
    }

    /** A device that is not known here is told among what is unread: the node has something more than is seen, and nothing less. */
    private static HardwareReport withUnread(Reading<HardwareReport> reading) {
        HardwareReport report = reading.value();
        Stream<Unread> leftOut = reading.leftOut().stream()
                .map(left -> new Unread(
                        ModelName.cleaned("report"),
                        ModelName.cleaned(String.valueOf(left.form().get("path"))),
                        ModelName.cleaned(left.what())));
        return new HardwareReport(
                report.node(),
                report.generation(),
                report.location(),
                report.hardware(),
                Stream.concat(report.unread().stream(), leftOut).toList());
    }

    private static Cause newer(String kind, int version) {
        return new Cause(
                "the %s was written in form %d; form %d is the newest known here".formatted(kind, version, VERSION),
                kind,
                "upgrade Harmony here to the version that wrote it, or deploy again with this version");
    }

    private static Cause broken(String kind, String why) {
        return new Cause("the %s cannot be read: %s".formatted(kind, why), kind, "write it again: deploy once more");
    }
}
