package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ImageDigest;

/** What a registry says about a tag. */
public sealed interface ImageLookup {

    /** The tag names this image. */
    record Found(ImageDigest digest) implements ImageLookup {}

    /** It does not say: it is away, wants a login, or has no such tag. */
    record Unanswered(Cause cause) implements ImageLookup {}
}
