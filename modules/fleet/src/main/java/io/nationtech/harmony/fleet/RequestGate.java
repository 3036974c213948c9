package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.AuditRecord.Deed;
import io.nationtech.harmony.fleet.AuditRecord.Stage;
import io.nationtech.harmony.fleet.Signatures.Author;
import io.nationtech.harmony.fleet.Signatures.Place;
import io.nationtech.harmony.fleet.Signatures.Word;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Lets a node do what an operator asks of it: what is signed by one whom it believes, for it, for that deployment and by a challenge that it gave within the last
 * minute and that nobody used before; and what is kept that it is asked. Safe for use by several threads.
 */
final class RequestGate {
    private static final Logger LOG = System.getLogger(RequestGate.class.getName());
    private static final BucketName PLACE = new BucketName(NodeCommands.PREFIX);
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    /** Anybody who may ask takes one; of more, the oldest go. */
    private static final int MOST_CHALLENGES = 1_024;

    private final NodeId node;
    private final FleetCodec codec;
    private final Signatures signatures;
    private final AuditTrail audit;
    private final RequestSource source;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    /** Those that are not used, with when they were given, the oldest first. Guarded by itself. */
    private final Map<String, Long> challenges = new LinkedHashMap<>();

    RequestGate(
            NodeId node,
            FleetCodec codec,
            Signatures signatures,
            AuditTrail audit,
            RequestSource source,
            LongSupplier nanos) {
        this.node = node;
        this.codec = codec;
        this.signatures = signatures;
        this.audit = audit;
        this.source = source;
        this.nanos = nanos;
    }

    /**
     * Where a request belongs: it counts nowhere else. The first parts are those of what a node is told of that deployment; of one about the node
     * as a whole, the node's alone.
     */
    static Place place(NodeId node, Optional<DeploymentName> deployment, String verb, String nonce) {
        return deployment
                .map(name -> new Place(
                        PLACE, Key.of(node.value(), name.value(), verb, nonce), new Author.Operator(node, name)))
                .orElseGet(() -> new Place(PLACE, Key.of(node.value(), verb, nonce), new Author.OperatorOfAll(node)));
    }

    /** Gives a challenge; nothing to who asks in a form that is not known here. */
    Payload challenge(Payload question) {
        return switch (codec.challengeRequest(question)) {
            case Decoded.Value<ChallengeRequest>(ChallengeRequest(Optional<DeploymentName> deployment)) ->
                codec.encode(new Challenge(nonce(), source.followed(deployment)));
            case Decoded.Unreadable<ChallengeRequest> _ -> Payload.empty();
        };
    }

    private String nonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        synchronized (challenges) {
            Iterator<Long> oldest = challenges.values().iterator();
            if (challenges.size() >= MOST_CHALLENGES && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
            challenges.put(nonce, nanos.getAsLong());
        }
        return nonce;
    }

    private boolean use(String nonce) {
        synchronized (challenges) {
            return Optional.ofNullable(challenges.remove(nonce))
                    .filter(given -> nanos.getAsLong() - given < LIFETIME.toNanos())
                    .isPresent();
        }
    }

    Payload logs(Payload question) {
        return codec.encode(new Asked<LogsRequest, LogsReply>(
                        LogsRequest.class, NodeCommands.LOGS, LogsReply.Refused::new)
                .answer(question, source::logs, reply -> switch (reply) {
                    case LogsReply.Lines _ -> new Stage.Done();
                    case LogsReply.Refused(Cause why) -> new Stage.Failed(why.what());
                }));
    }

    Payload exec(Payload question) {
        return codec.encode(new Asked<ExecRequest, ExecReply>(
                        ExecRequest.class, NodeCommands.EXEC, ExecReply.Refused::new)
                .answer(question, source::exec, reply -> switch (reply) {
                    case ExecReply.Exited(int code, var _, var _) -> new Stage.Exited(code);
                    case ExecReply.Failed(Cause why, var _, var _) -> new Stage.Failed(why.what());
                    case ExecReply.Refused(Cause why) -> new Stage.Failed(why.what());
                }));
    }

    Payload restart(Payload question) {
        return codec.encode(new Asked<RestartRequest, RestartReply>(
                        RestartRequest.class, NodeCommands.RESTART, RestartReply.Refused::new)
                .answer(question, source::restart, reply -> switch (reply) {
                    case RestartReply.Restarted _ -> new Stage.Done();
                    case RestartReply.Failed(Cause why) -> new Stage.Failed(why.what());
                    case RestartReply.Refused(Cause why) -> new Stage.Failed(why.what());
                }));
    }

    Payload upgrade(Payload question) {
        return codec.encode(new Asked<UpgradeRequest, UpgradeAnswer>(
                        UpgradeRequest.class, NodeCommands.UPGRADE, UpgradeAnswer.Refused::new)
                .answer(question, source::upgrade, reply -> switch (reply) {
                    case UpgradeAnswer.Accepted() -> new Stage.Done();
                    case UpgradeAnswer.Refused(Cause why) -> new Stage.Failed(why.what());
                }));
    }

    Payload reset(Payload question) {
        return codec.encode(new Asked<ResetRequest, ResetAnswer>(
                        ResetRequest.class, NodeCommands.RESET, ResetAnswer.Refused::new)
                .answer(question, source::reset, reply -> switch (reply) {
                    case ResetAnswer.Begun() -> new Stage.Done();
                    case ResetAnswer.Refused(Cause why) -> new Stage.Failed(why.what());
                }));
    }

    /** Whether a request may be done. */
    private sealed interface Admission<Q> {
        record Yes<Q>(Q request, AuditRecord record) implements Admission<Q> {}

        record No<Q>(Cause why) implements Admission<Q> {}
    }

    /** One sort of request, and how it is refused. */
    private final class Asked<Q extends NodeRequest, A> {
        private final Class<Q> type;
        private final String verb;
        private final Function<Cause, A> refusal;

        Asked(Class<Q> type, String verb, Function<Cause, A> refusal) {
            this.type = type;
            this.verb = verb;
            this.refusal = refusal;
        }

        A answer(Payload question, Function<Q, A> work, Function<A, Stage> end) {
            return switch (admission(question)) {
                case Admission.No<Q>(Cause why) -> {
                    LOG.log(Level.WARNING, "Refused: {0}", why);
                    yield refusal.apply(why);
                }
                case Admission.Yes<Q>(Q request, AuditRecord record) -> answer(request, record, work, end);
            };
        }

        private A answer(Q request, AuditRecord record, Function<Q, A> work, Function<A, Stage> end) {
            Optional<Cause> unkept = keep(record);
            if (unkept.isPresent() && !(request instanceof LogsRequest)) {
                return refusal.apply(unkept.get());
            }
            try {
                A answer = work.apply(request);
                keep(record.at(end.apply(answer)));
                return answer;
            } catch (RuntimeException e) {
                // The edge of what others do: it was begun, and is kept with an end.
                keep(record.at(new Stage.Failed("unexpected failure: " + e)));
                throw e;
            }
        }

        private Admission<Q> admission(Payload question) {
            return switch (codec.challengedRequest(SignedForm.documentOf(question))) {
                case Decoded.Unreadable<ChallengedRequest>(Cause why) -> new Admission.No<>(why);
                case Decoded.Value<ChallengedRequest>(ChallengedRequest(String nonce, NodeRequest request))
                when type.isInstance(request) -> admission(question, nonce, type.cast(request));
                case Decoded.Value<ChallengedRequest>(ChallengedRequest(String _, NodeRequest request)) ->
                    refused("it is no request for '%s'".formatted(verb), request.about());
            };
        }

        /** Who signed comes before the challenge: nobody else uses up what was given to another. */
        private Admission<Q> admission(Payload question, String nonce, Q request) {
            Optional<DeploymentName> deployment = request.about();
            Place place = place(node, deployment, verb, nonce);
            return switch (signatures.read(place, question)) {
                case Word.Refused(Cause why) -> refused(why.what(), deployment);
                case Word.Unsigned(Payload _, Cause why) -> refused(why.what(), deployment);
                case Word.Revoked(Payload _, Serial _, Cause why) -> refused(why.what(), deployment);
                case Word.Signed(Payload _, Serial serial)
                when source.followed(deployment)
                        .filter(last -> !serial.asOf().isAfter(last))
                        .isPresent() ->
                    refused(
                            "it was signed as of %s, and what is followed is not older".formatted(serial.asOf()),
                            deployment);
                case Word.Signed(Payload _, Serial _) -> admission(nonce, request, signatures.signer(question));
                case Word.Unchecked(Payload _) -> admission(nonce, request, Optional.empty());
            };
        }

        private Admission<Q> admission(String nonce, Q request, Optional<Signer> by) {
            return use(nonce)
                    ? new Admission.Yes<>(
                            request, new AuditRecord(nonce, by, request.about(), Deed.of(request), new Stage.Begun()))
                    : refused(
                            "its challenge is not one that this node gave within the last minute and that was not used: somebody said it again, or it was long on its way",
                            request.about());
        }

        private Admission<Q> refused(String what, Optional<DeploymentName> deployment) {
            return new Admission.No<>(
                    new Cause(
                            "a request for '%s' is refused: %s".formatted(verb, what),
                            where(deployment),
                            "ask again, by the login of an operator; if nobody here asked, find out who writes into the mesh that may not"));
        }
    }

    private String where(Optional<DeploymentName> deployment) {
        return "node " + node + deployment.map(name -> ", deployment " + name).orElse("");
    }

    /** Why it is not kept. */
    private Optional<Cause> keep(AuditRecord record) {
        try {
            audit.add(node, record);
            return Optional.empty();
        } catch (MeshUnavailableException e) {
            Cause cause = new Cause(
                    "it cannot be kept who asked for what, so nothing is done: "
                            + e.why().what(),
                    where(record.deployment()),
                    "any command of an operator makes the bucket '%s' where it is missing; servers of before hear by `harmony mesh renew` that nodes may write there"
                            .formatted(FleetBucket.AUDIT.bucket()));
            LOG.log(Level.WARNING, "{0}", cause);
            return Optional.of(cause);
        }
    }
}
