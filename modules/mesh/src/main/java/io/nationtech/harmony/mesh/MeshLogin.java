package io.nationtech.harmony.mesh;

/**
 * What a connection shows to be let in: a word about a public key (a JWT of NATS), and that it has the private one. To be closed, which
 * forgets the private key. Safe for use by several threads.
 */
public interface MeshLogin extends AutoCloseable {

    /** Whose it is. Answers come to subjects below {@code _INBOX.<name>}, so that a role can permit each its own. */
    String name();

    /** The word that servers check. */
    String token();

    /** The key that it is about, as NATS writes it. */
    String publicKey();

    /** The signature of what a server challenges with, by Ed25519 (RFC 8032). */
    byte[] sign(byte[] challenge);

    /** Whether its time is over. */
    boolean isOver();

    @Override
    void close();
}
