package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What each contract of a mesh begins with: two connections to one mesh, and a bucket of their own. */
public abstract class MeshContract {
    static final Key A = Key.of("a");
    static final Duration SOON = Duration.ofMillis(300);
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** For the contracts of this package. */
    MeshContract() {}

    MeshFixture fixture;
    Mesh mesh;
    Mesh other;
    Bucket bucket;
    BucketName name;

    @BeforeEach
    void begin(MeshFixture fixture) {
        this.fixture = fixture;
        mesh = fixture.connect();
        other = fixture.connect();
        name = new BucketName("contract-" + NAMES.incrementAndGet());
        mesh.ensureBucket(name, 4);
        bucket = mesh.bucket(name);
    }

    @AfterEach
    void end() {
        mesh.close();
        other.close();
        fixture.close();
    }

    static Payload text(String value) {
        return Payload.of(value);
    }

    static Key key(String text) {
        return Key.of(text.split("\\."));
    }

    static long revision(Written written) {
        return assertInstanceOf(Written.At.class, written).revision();
    }

    Bucket othersBucket() {
        return other.bucket(name);
    }

    static List<String> keys(Snapshot snapshot) {
        return snapshot.entries().stream().map(entry -> entry.key().toString()).toList();
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
