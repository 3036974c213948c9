package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.KeyPattern;
import java.util.List;

/** What a bucket is at a site, whose own server keeps it while the hub is away. */
public sealed interface SiteBucket {

    /** As at the hub. */
    BucketName name();

    /**
     * What is told to the site's nodes: a copy, which only the hub writes.
     *
     * @param keys those of the site's nodes
     */
    record Down(BucketName name, List<KeyPattern> keys) implements SiteBucket {
        public Down {
            keys = List.copyOf(keys);
        }
    }

    /**
     * What the site's nodes say: written at the site, and copied to the hub's bucket of that name.
     *
     * @param history how many revisions of a key are kept at the site
     * @param keys those of the site's nodes; others are not copied
     */
    record Up(BucketName name, int history, Durability durability, List<KeyPattern> keys) implements SiteBucket {
        public Up {
            keys = List.copyOf(keys);
        }
    }

    /** What stays at the site. */
    record Own(BucketName name) implements SiteBucket {}
}
