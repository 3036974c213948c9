package io.nationtech.harmony.fleet;

/**
 * A request as it is signed.
 *
 * @param nonce of the {@link Challenge} that its node gave
 */
public record ChallengedRequest(String nonce, NodeRequest request) {
    public ChallengedRequest {
        Challenge.requireNonce(nonce);
    }
}
