package io.nationtech.harmony.mesh;

import java.util.List;

/** The name of a bucket. */
public record BucketName(String value) {
    public BucketName {
        Tokens.require("bucket", List.of(value));
    }

    @Override
    public String toString() {
        return value;
    }
}
