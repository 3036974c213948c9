package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;

/** An upgrade that comes to nothing. */
class UpgradeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Cause why;

    UpgradeException(Cause why) {
        super(why.what());
        this.why = why;
    }

    Cause why() {
        return why;
    }

    /** What could be had later: what was fetched until now is kept for that. */
    static final class Unreachable extends UpgradeException {
        private static final long serialVersionUID = 1L;

        Unreachable(Cause why) {
            super(why);
        }
    }
}
