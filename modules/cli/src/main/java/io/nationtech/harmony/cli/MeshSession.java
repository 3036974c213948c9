package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.Revocations;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.fleet.Signatures.Learned;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Optional;

/** The mesh for as long as one command lasts. */
record MeshSession(Mesh mesh, Fleet fleet, Revocations.Following revocations) implements AutoCloseable {
    private static final Logger LOG = System.getLogger(MeshSession.class.getName());

    /**
     * Connects.
     *
     * @param signatures of what is said there
     * @param kinds of resources that the command knows
     * @throws MeshUnavailableException when nothing answers
     */
    static MeshSession open(NatsOptions options, Signatures signatures, ResourceKinds kinds) {
        Mesh mesh = NatsMesh.connect(options);
        Fleet fleet = new Fleet(mesh, JsonFleetCodec.forOnlookers(kinds), signatures);
        try {
            fleet.ensureBuckets();
            MeshJournals.ensureBuckets(mesh);
        } catch (MeshUnavailableException e) {
            // Who may only read, or deploy this and that, cannot make them, nor needs to: they are there as soon as an
            // operator asked anything.
            LOG.log(Level.DEBUG, "Somebody else has to make the buckets: {0}", e.getMessage());
        }
        Revocations.Following revocations = fleet.revocations().following();
        Optional<Learned> _ = revocations.read();
        return new MeshSession(mesh, fleet, revocations);
    }

    /** The journals of all deployments; the terminal is told when somebody else seems to apply. */
    MeshJournals journals(Terminal terminal) {
        return new MeshJournals(
                mesh,
                terminal.clock(),
                System::nanoTime,
                new SecureRandom(),
                held -> terminal.say(
                        "%s began to apply this %s and may be at it still: looking for up to 17 s whether they are"
                                .formatted(held.by(), held.since())));
    }

    @Override
    public void close() {
        revocations.close();
        mesh.close();
    }
}
