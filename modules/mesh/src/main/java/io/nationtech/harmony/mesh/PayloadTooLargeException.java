package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.Cause;

/** What was to be sent is larger than one message may be. Nothing was sent, and sending it again comes to the same. */
public final class PayloadTooLargeException extends MeshUnavailableException {
    private static final long serialVersionUID = 1L;

    private final long size;
    private final transient Limit limit;

    /**
     * What takes no more.
     *
     * @param words as they follow "has 70000 bytes, "
     */
    public record Limit(String words, String where, String next) {
        private static final Limit OURS = new Limit(
                "and one message of Harmony has %d at most".formatted(Payload.LARGEST),
                "mesh",
                "make it smaller: split the deployment");
    }

    /**
     * @param what that has the size, as in {@code the secret 'x' of node 'y'}
     * @param size in bytes
     */
    public PayloadTooLargeException(String what, long size, Limit limit) {
        super(new Cause("%s has %d bytes, %s".formatted(what, size, limit.words()), limit.where(), limit.next()));
        this.size = size;
        this.limit = limit;
    }

    /** What no mesh takes. */
    static PayloadTooLargeException ofAny(long size) {
        return new PayloadTooLargeException("a payload", size, Limit.OURS);
    }

    /** The same, of something that whoever writes it knows by a better name. */
    public PayloadTooLargeException of(String what) {
        return new PayloadTooLargeException(what, size, limit);
    }
}
