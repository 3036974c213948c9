package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import java.util.Optional;

/** What is found in a bucket, where any client of the server may write: the one place where that is sorted out. */
sealed interface Found {
    /** A message that bears this header, whatever its value, says that the key has no value any more. */
    String OPERATION = "KV-Operation";

    /** The text of the key. */
    String key();

    long revision();

    /** Something that we understand. */
    record Ours(Change change) implements Found {
        @Override
        public String key() {
            return change.key().toString();
        }

        @Override
        public long revision() {
            return change.revision();
        }
    }

    /** Something that is left out: another program's key, or a value beyond what a payload may hold. */
    record Foreign(String key, long revision, String why) implements Found {}

    static Found of(BucketName bucket, Stored stored) {
        String root = Subjects.keys(bucket) + ".";
        // Anybody may publish where changes are told, and name any subject.
        String text = stored.subject().startsWith(root) ? stored.subject().substring(root.length()) : "";
        Optional<Key> key = Key.parse(text);
        if (key.isEmpty()) {
            return new Foreign(text, stored.sequence(), "no key of Harmony's");
        }
        if (stored.headers().getFirst(OPERATION) != null) {
            return new Ours(new Change.Deleted(key.get(), stored.sequence()));
        }
        if (stored.data().length > Payload.LARGEST) {
            return new Foreign(
                    text,
                    stored.sequence(),
                    "%d bytes are more than %d".formatted(stored.data().length, Payload.LARGEST));
        }
        return new Ours(
                new Change.Put(new Entry(key.get(), stored.sequence(), Payload.of(stored.data()), stored.time())));
    }
}
