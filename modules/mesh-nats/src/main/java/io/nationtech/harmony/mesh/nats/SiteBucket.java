package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.KeyPattern;
import java.time.Duration;
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

    /**
     * What the site's nodes record, which nobody takes away: written at the site, and added to the hub's bucket of that name.
     *
     * @param perKey how many of a key are kept at the site
     * @param age for how long
     * @param keys those of the site's nodes; others are not copied
     */
    record Records(BucketName name, int perKey, Duration age, List<KeyPattern> keys) implements SiteBucket {
        public Records {
            keys = List.copyOf(keys);
        }
    }

    /** What stays at the site. */
    record Own(BucketName name) implements SiteBucket {}
}
