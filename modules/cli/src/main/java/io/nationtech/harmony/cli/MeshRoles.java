package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.nats.NatsSites;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.MeshRole;
import io.nationtech.harmony.nats.identity.MeshRole.Answers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may say what in the mesh, subject by subject. Nobody may make a consumer: which keys one hears stands in its payload, where no server
 * looks. Nodes make no bucket.
 */
final class MeshRoles {
    private static final String SELF = MeshRole.NAME;
    private static final String INBOX = "_INBOX." + SELF + ".>";
    private static final String INBOX_OF_HARMONY = "_INBOX.harmony.>";
    private static final String COMMANDS = "node-commands.";
    /** A server tells of the connections of one's own account. */
    private static final String WHO_IS_THERE = "$SYS.REQ.SERVER.PING.CONNZ";

    /** Where the servers of a cluster tell which of them leads a bucket from now on: a watch reads again then. */
    private static final String ELECTIONS = "$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED.";

    /**
     * A node writes of itself alone, and reads by name what is told to it alone. Of others it reads where they take connections for the deployments that
     * its services use, and no more.
     */
    static final MeshRole NODE = new MeshRole(
            LoginSignatures.NODES,
            list(List.of(
                    ofItself(),
                    readOwn("desired-state", SELF + ".*"),
                    readOwn("node-deployments", SELF),
                    readOwn("sealed-secrets", SELF + ".*.*"),
                    readOwn("node-logins", SELF + ".*"),
                    readOwn("revocations", "account"),
                    Stream.of("node-info", "node-hardware").flatMap(bucket -> readOwn(bucket, SELF)),
                    // Whether another run of its own name is at work.
                    Stream.of(COMMANDS + SELF + ".run.*"),
                    howIs("endpoints"),
                    read("endpoints"))),
            list(List.of(
                    Stream.of(INBOX, COMMANDS + SELF + ".>"),
                    Stream.of(
                            "harmony.watch.desired-state." + SELF + ".*",
                            "harmony.watch.sealed-secrets." + SELF + ".*.*",
                            "harmony.watch.endpoints.>",
                            "harmony.watch.revocations.account"),
                    elections("desired-state", "sealed-secrets", "endpoints", "revocations"))),
            Answers.ONE);

    /** Whoever deploys, and forgets nodes, which takes what they told; also an agent that operates deployments, which is a node too. */
    static final MeshRole OPERATOR = new MeshRole(
            LoginSignatures.OPERATORS,
            list(List.of(
                    write("desired-state", "node-deployments", "sealed-secrets", "node-logins"),
                    write("rollouts", "rollout-changes", "leases", "journals"),
                    write("node-info", "node-hardware", "node-heartbeat", "node-state", "endpoints"),
                    Stream.of("$KV.audit." + SELF),
                    Stream.of("$JS.API.STREAM.CREATE.*", "$JS.API.STREAM.UPDATE.*", "$JS.API.STREAM.INFO.*"),
                    Stream.of("$JS.API.DIRECT.GET.>", COMMANDS + ">", WHO_IS_THERE))),
            list(List.of(Stream.of(INBOX, COMMANDS + SELF + ".>", "harmony.watch.>", ELECTIONS + "*"))),
            // How long it is kept what was asked of nodes.
            List.of("$JS.API.STREAM.UPDATE.KV_audit"),
            Answers.ONE);

    /**
     * An operator who may deploy some deployments, or onto some nodes: their login names these, and a server makes of each subject one for each pair. Of which deployment they ask
     * a node, the node looks at; backups are asked for unsigned, so they are nothing for them; nor is maintenance, which is of all that is on a node.
     */
    static final MeshRole DEPLOYER = new MeshRole(
            LoginSignatures.DEPLOYERS,
            list(List.of(
                    Stream.of("desired-state", "node-state")
                            .map(bucket -> "$KV.%s.%s.%s".formatted(bucket, MeshRole.NODE, MeshRole.DEPLOYMENT)),
                    Stream.of(
                            "$KV.sealed-secrets.%s.%s.*".formatted(MeshRole.NODE, MeshRole.DEPLOYMENT),
                            "$KV.endpoints.%s.%s".formatted(MeshRole.DEPLOYMENT, MeshRole.NODE),
                            "$KV.node-deployments." + MeshRole.NODE),
                    Stream.of("rollouts.%s", "rollout-changes.%s.*", "journals.%s.>", "leases.*.%s")
                            .map(key -> "$KV." + key.formatted(MeshRole.DEPLOYMENT)),
                    Stream.of("$KV.leases.placement", "$JS.API.STREAM.INFO.*", "$JS.API.DIRECT.GET.>"),
                    Stream.of("challenge", "logs", "exec", "restart", "upgrade", "reset")
                            .map(verb -> "%s%s.%s".formatted(COMMANDS, MeshRole.NODE, verb)),
                    Stream.of(COMMANDS + "*.ping", WHO_IS_THERE))),
            list(List.of(Stream.of(INBOX, "harmony.watch.>", ELECTIONS + "*"))),
            Answers.NONE);

    /** Whoever looks on: sealed secrets and logs are nothing for them. */
    static final MeshRole ONLOOKER = new MeshRole(
            "onlooker",
            list(List.of(
                    onlooked().flatMap(MeshRoles::howIs),
                    // How the bucket is, which every command looks at, not what is in it.
                    howIs("sealed-secrets"),
                    onlooked().flatMap(MeshRoles::read),
                    Stream.of(COMMANDS + "*.ping", WHO_IS_THERE))),
            list(List.of(
                    Stream.of(INBOX),
                    onlooked().map("harmony.watch.%s.>"::formatted),
                    onlooked().flatMap(MeshRoles::elections))));

    static final List<MeshRole> ALL = List.of(NODE, OPERATOR, DEPLOYER, ONLOOKER);

    private MeshRoles() {}

    /**
     * A site's server, as a leaf of the hub: what is published is what goes to the hub, what is heard is what comes from there. Its nodes are
     * named. Which keys it copies stands in a payload, so it can read of others what comes down, but sealed secrets are for nodes alone.
     */
    static MeshRole site(String name, List<NodeId> nodes) {
        return new MeshRole(
                "site",
                list(List.of(
                        // A server takes up interest only in a subject that is permitted as a whole.
                        Stream.of("$JS.%s.API.CONSUMER.>".formatted(NatsSites.HUB)),
                        Stream.of(NatsSites.up(name) + ".>", "$JSC.R.*", "$JS.FC.>", "_INBOX.>"))),
                list(List.of(
                        Stream.of("$JS.%s.API.>".formatted(name), NatsSites.down(name) + ".>", "$JSC.R.*", "$JS.FC.>"),
                        nodes.stream().map(node -> COMMANDS + node.value() + ".>"),
                        Stream.of(WHO_IS_THERE))),
                onlooked()
                        .filter(bucket -> !SiteBuckets.DOWN.contains(bucket))
                        .flatMap(bucket -> Stream.of("CREATE.KV_%s", "CREATE.KV_%s.>", "DURABLE.CREATE.KV_%s.>")
                                .map(form -> "$JS.%s.API.CONSUMER.%s".formatted(NatsSites.HUB, form.formatted(bucket))))
                        .toList(),
                Answers.NONE);
    }

    /** Whoever runs the mesh, for as long as it is said who was revoked: nobody else writes that. */
    static final MeshRole REVOKING = new MeshRole(
            "revoking",
            list(List.of(
                    write("revocations"),
                    read("revocations"),
                    howIs("revocations"),
                    Stream.of("$JS.API.STREAM.CREATE.KV_revocations", "$JS.API.STREAM.UPDATE.KV_revocations"))),
            List.of(INBOX_OF_HARMONY));

    /** Whoever runs the mesh, for as long as a site is joined. */
    static MeshRole joining(String site) {
        return new MeshRole(
                "joining",
                List.of("$JS.API.STREAM.>", "$JS.%s.API.STREAM.>".formatted(site)),
                List.of(INBOX_OF_HARMONY));
    }

    private static Stream<String> ofItself() {
        return Stream.of(
                "$KV.node-info." + SELF,
                // Where a second machine of this name says that it is there.
                "$KV.node-info." + SELF + ".*",
                "$KV.node-hardware." + SELF,
                "$KV.node-heartbeat." + SELF,
                "$KV.node-state." + SELF + ".*",
                "$KV.node-logins." + SELF + ".asked",
                "$KV.endpoints.*." + SELF,
                // What it was asked to do: it adds to that, and takes nothing away.
                "$KV.audit." + SELF);
    }

    /** Keys of a bucket, each asked for by its subject: which, a server sees, as it does not in a payload. */
    private static Stream<String> readOwn(String bucket, String keys) {
        return Stream.of("$JS.API.DIRECT.GET.KV_%1$s.$KV.%1$s.%2$s".formatted(bucket, keys));
    }

    private static Stream<String> onlooked() {
        return Stream.of(
                "desired-state",
                "node-deployments",
                "node-logins",
                "node-info",
                "node-hardware",
                "node-heartbeat",
                "node-state",
                "endpoints",
                "revocations",
                "rollouts",
                "rollout-changes",
                "leases",
                "journals",
                "audit");
    }

    private static Stream<String> howIs(String... buckets) {
        return Arrays.stream(buckets).map("$JS.API.STREAM.INFO.KV_%s"::formatted);
    }

    private static Stream<String> read(String... buckets) {
        return Arrays.stream(buckets)
                .flatMap(bucket -> Stream.of(
                        "$JS.API.DIRECT.GET.KV_%s".formatted(bucket), "$JS.API.DIRECT.GET.KV_%s.>".formatted(bucket)));
    }

    private static Stream<String> elections(String... buckets) {
        return Arrays.stream(buckets).map(bucket -> ELECTIONS + "KV_" + bucket);
    }

    private static Stream<String> write(String... buckets) {
        return Arrays.stream(buckets).map("$KV.%s.>"::formatted);
    }

    private static List<String> list(List<Stream<String>> subjects) {
        return subjects.stream().flatMap(part -> part).toList();
    }
}
