package io.nationtech.harmony.engine;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;

/** A mesh whose writes are told before they are done; whoever is told may hold them up, or throw. */
final class WatchedWrites {
    private static final Set<String> WRITES = Set.of("put", "create", "update", "delete");

    private WatchedWrites() {}

    /** Is told of a write. */
    interface Before {
        void write(BucketName bucket, Key key);
    }

    static Mesh of(Mesh mesh, Before before) {
        return proxy(Mesh.class, mesh, before, Optional.empty());
    }

    private static <T> T proxy(Class<T> type, T real, Before before, Optional<BucketName> in) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (in.isPresent() && WRITES.contains(method.getName())) {
                        before.write(in.get(), (Key) arguments[0]);
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        return switch (answer) {
                            case Bucket bucket ->
                                proxy(Bucket.class, bucket, before, Optional.of((BucketName) arguments[0]));
                            case Optional<?> some
                            when some.orElse(null) instanceof ConditionalWrites writes ->
                                Optional.of(proxy(ConditionalWrites.class, writes, before, in));
                            case null, default -> answer;
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
