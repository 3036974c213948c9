package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.SealedForNode;
import io.nationtech.harmony.fleet.json.Fields.Unknown;
import io.nationtech.harmony.mesh.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
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

    /** A codec; it has no state. */
    public JsonFleetCodec() {}

    @Override
    public Payload encode(DesiredState state) {
        return document(DesiredStateForm.write(state));
    }

    @Override
    public Payload encode(NodeInfo info) {
        return document(NodeInfoForm.write(info));
    }

    @Override
    public Payload encode(HardwareReport report) {
        return document(HardwareForm.write(report));
    }

    @Override
    public Payload encode(NodeState state) {
        return document(NodeStateForm.write(state));
    }

    @Override
    public Payload encode(Maintenance maintenance) {
        return document(MaintenanceForm.write(maintenance));
    }

    @Override
    public Payload encode(SealedForNode secret) {
        return document(SealedForNodeForm.write(secret));
    }

    @Override
    public Payload encode(LogsRequest request) {
        return document(LogsForm.write(request));
    }

    @Override
    public Payload encode(LogsReply reply) {
        return document(LogsForm.write(reply));
    }

    @Override
    public Decoded<DesiredState> desiredState(Payload payload) {
        return read("desired state", payload, Unknown.REFUSED, DesiredStateForm::read);
    }

    @Override
    public Decoded<NodeInfo> nodeInfo(Payload payload) {
        return read("node info", payload, Unknown.IGNORED, NodeInfoForm::read);
    }

    @Override
    public Decoded<HardwareReport> hardwareReport(Payload payload) {
        return read("hardware report", payload, Unknown.IGNORED, HardwareForm::read);
    }

    @Override
    public Decoded<NodeState> nodeState(Payload payload) {
        return read("node state", payload, Unknown.IGNORED, NodeStateForm::read);
    }

    @Override
    public Decoded<Maintenance> maintenance(Payload payload) {
        return read("maintenance", payload, Unknown.IGNORED, MaintenanceForm::read);
    }

    @Override
    public Decoded<SealedForNode> sealedForNode(Payload payload) {
        return read("sealed secret", payload, Unknown.REFUSED, SealedForNodeForm::read);
    }

    @Override
    public Decoded<LogsRequest> logsRequest(Payload payload) {
        return read("logs request", payload, Unknown.REFUSED, LogsForm::readRequest);
    }

    @Override
    public Decoded<LogsReply> logsReply(Payload payload) {
        return read("logs reply", payload, Unknown.IGNORED, LogsForm::readReply);
    }

    private static Payload document(Map<String, Object> fields) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", VERSION);
        document.putAll(fields);
        return Payload.of(JSON.std.asBytes(document));
    }

    private static <T> Decoded<T> read(String kind, Payload payload, Unknown unknown, Function<Fields, T> reader) {
        try {
            Fields fields = Fields.of(JSON.std.anyFrom(payload.bytes()), unknown);
            int version = fields.integer("version");
            if (version < 1) {
                throw fields.unknown("version");
            }
            if (version > VERSION) {
                return new Decoded.Unreadable<>(newer(kind, version));
            }
            return new Decoded.Value<>(fields.all(reader));
        } catch (JacksonException e) {
            return new Decoded.Unreadable<>(broken(kind, "not JSON: " + e.getOriginalMessage()));
        } catch (MalformedException | InvalidValueException e) {
            return new Decoded.Unreadable<>(broken(kind, String.valueOf(e.getMessage())));
        }
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
