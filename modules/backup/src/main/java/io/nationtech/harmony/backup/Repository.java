package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where copies are kept, encrypted with a password without which nobody gets at them again. Several deployments and nodes may have one
 * repository, with one password.
 */
public sealed interface Repository {

    /** What it is encrypted with. */
    MountedSecret password();

    /** All that it needs. */
    Set<MountedSecret> secrets();

    /** The shares that a node must have for it. */
    default Set<ShareName> shares() {
        return Set.of();
    }

    /** The same with these versions of its secrets. */
    Repository withVersions(Function<SecretRef, MountedSecret> versions);

    /** A folder of a share of the household: of a NAS, a disk, or the node itself. */
    static OnShare onShare(ShareName share, SecretRef password) {
        return new OnShare(share, RepositoryFolder.DEFAULT, unplanned(password));
    }

    /** A server for restic. */
    static OverRest overRest(RestUrl url, SecretRef password) {
        return new OverRest(url, Optional.empty(), unplanned(password));
    }

    /** A bucket of a store that speaks S3, with the two halves of its key. */
    static InS3 inS3(S3Bucket bucket, SecretRef accessKey, SecretRef secretKey, SecretRef password) {
        return new InS3(bucket, unplanned(accessKey), unplanned(secretKey), unplanned(password));
    }

    private static MountedSecret unplanned(SecretRef secret) {
        // Until a deployment is planned, nobody knows a version.
        return new MountedSecret(secret, 1);
    }

    /** In a share. */
    record OnShare(ShareName share, RepositoryFolder folder, MountedSecret password) implements Repository {

        /** The same in another folder of the share. */
        public OnShare folder(RepositoryFolder other) {
            return new OnShare(share, other, password);
        }

        @Override
        public Set<MountedSecret> secrets() {
            return Set.of(password);
        }

        @Override
        public Set<ShareName> shares() {
            return Set.of(share);
        }

        @Override
        public OnShare withVersions(Function<SecretRef, MountedSecret> versions) {
            return new OnShare(share, folder, versions.apply(password.ref()));
        }

        @Override
        public String toString() {
            return "folder %s of share %s".formatted(folder, share);
        }
    }

    /**
     * On a REST server.
     *
     * @param login a secret whose text is {@code user:password}; without it, the server asks for none
     */
    record OverRest(RestUrl url, Optional<MountedSecret> login, MountedSecret password) implements Repository {

        /** The same, with a secret whose text is {@code user:password}. */
        public OverRest login(SecretRef userAndPassword) {
            return new OverRest(url, Optional.of(unplanned(userAndPassword)), password);
        }

        @Override
        public Set<MountedSecret> secrets() {
            return login.map(known -> known.equals(password) ? Set.of(password) : Set.of(password, known))
                    .orElseGet(() -> Set.of(password));
        }

        @Override
        public OverRest withVersions(Function<SecretRef, MountedSecret> versions) {
            return new OverRest(url, login.map(known -> versions.apply(known.ref())), versions.apply(password.ref()));
        }

        @Override
        public String toString() {
            return url.value();
        }
    }

    /** In a bucket. */
    record InS3(S3Bucket bucket, MountedSecret accessKey, MountedSecret secretKey, MountedSecret password)
            implements Repository {
        @Override
        public Set<MountedSecret> secrets() {
            return Set.copyOf(List.of(accessKey, secretKey, password));
        }

        @Override
        public InS3 withVersions(Function<SecretRef, MountedSecret> versions) {
            return new InS3(
                    bucket,
                    versions.apply(accessKey.ref()),
                    versions.apply(secretKey.ref()),
                    versions.apply(password.ref()));
        }

        @Override
        public String toString() {
            return bucket.value();
        }
    }
}
