package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;

/** Where things are in NATS: NATS' ADR-8 for key-value streams, and Harmony's own subjects for their changes. */
final class Subjects {
    private Subjects() {}

    static String stream(BucketName bucket) {
        return "KV_" + bucket;
    }

    /** What keys are written to. Subscribers see writes here that the stream then rejects: nobody listens here. */
    static String keys(BucketName bucket) {
        return "$KV." + bucket;
    }

    /** What the server republishes once a write is stored. */
    static String changes(BucketName bucket) {
        return "harmony.watch." + bucket;
    }

    /** Where servers tell that another one leads from now on (NATS' advisories). */
    static String elections(BucketName bucket) {
        return "$JS.EVENT.ADVISORY.STREAM.LEADER_ELECTED." + stream(bucket);
    }

    static String of(BucketName bucket, Key key) {
        return keys(bucket) + "." + key;
    }

    static String of(BucketName bucket, KeyPattern pattern) {
        return keys(bucket) + "." + pattern;
    }
}
