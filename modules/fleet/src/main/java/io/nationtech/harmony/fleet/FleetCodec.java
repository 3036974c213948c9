package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeEndpoints;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.rollout.KeptChanges;
import io.nationtech.harmony.rollout.PlannedChanges;
import io.nationtech.harmony.rollout.RolloutRecord;

/**
 * The form in which the fleet's data travels and rests. Reading never throws on bad input: what comes from elsewhere may be
 * broken, or written by a newer version.
 */
public interface FleetCodec {

    Payload encode(DesiredState state);

    Payload encode(NodeInfo info);

    Payload encode(HardwareReport report);

    Payload encode(NodeState state);

    Payload encode(NodeEndpoints endpoints);

    Payload encode(Maintenance maintenance);

    Payload encode(SealedForNode secret);

    Payload encode(RolloutRecord rollout);

    Payload encode(KeptChanges changes);

    Payload encode(ChallengeRequest request);

    Payload encode(Challenge challenge);

    Payload encode(ChallengedRequest request);

    Payload encode(ExecReply reply);

    Payload encode(RestartReply reply);

    Payload encode(UpgradeAnswer answer);

    Payload encode(ResetAnswer answer);

    Payload encode(AuditRecord record);

    Payload encode(LogsReply reply);

    Payload encode(BackupRequest request);

    Payload encode(BackupAnswer answer);

    Decoded<DesiredState> desiredState(Payload payload);

    Decoded<NodeInfo> nodeInfo(Payload payload);

    Decoded<HardwareReport> hardwareReport(Payload payload);

    Decoded<NodeState> nodeState(Payload payload);

    Decoded<NodeEndpoints> nodeEndpoints(Payload payload);

    Decoded<Maintenance> maintenance(Payload payload);

    Decoded<SealedForNode> sealedForNode(Payload payload);

    Decoded<RolloutRecord> rollout(Payload payload);

    Decoded<KeptChanges> keptChanges(Payload payload);

    /** The same without what nodes are told, which may be of kinds that are not known here. */
    Decoded<PlannedChanges> plannedChanges(Payload payload);

    Decoded<ChallengeRequest> challengeRequest(Payload payload);

    Decoded<Challenge> challenge(Payload payload);

    Decoded<ChallengedRequest> challengedRequest(Payload payload);

    Decoded<ExecReply> execReply(Payload payload);

    Decoded<RestartReply> restartReply(Payload payload);

    Decoded<UpgradeAnswer> upgradeAnswer(Payload payload);

    Decoded<ResetAnswer> resetAnswer(Payload payload);

    Decoded<AuditRecord> auditRecord(Payload payload);

    Decoded<LogsReply> logsReply(Payload payload);

    Decoded<BackupRequest> backupRequest(Payload payload);

    Decoded<BackupAnswer> backupAnswer(Payload payload);
}
