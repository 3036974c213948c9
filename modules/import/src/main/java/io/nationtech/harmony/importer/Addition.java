package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.score.Extended;
import io.nationtech.harmony.domain.score.Extension;

/** An extension of a service, as it is made and as it is written: by JavaText, of the extension itself. */
record Addition(Extension<?> extension, Class<? extends Capability> needs) {

    /** What the score becomes by it; that its topology has what this needs is seen to where the module is written. */
    @SuppressWarnings("unchecked")
    Score<?> added(Score<?> score) {
        return new Extended<>((Score<Capability>) score, (Extension<Capability>) extension);
    }
}
