package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ImageReference;
import java.util.List;

/** What becomes of one image of a deployment whose images are pinned. */
sealed interface Pinning {

    /** Its digest is written beside its tag. */
    record Pinned(ImageReference now, List<SourceFile.Text> at) implements Pinning {}

    /** It was named by a digest before. */
    record Already() implements Pinning {}

    /** It is to change with its tag. */
    record Follows() implements Pinning {}

    /** Its words stay as they are. */
    record Left(Cause cause) implements Pinning {}
}
