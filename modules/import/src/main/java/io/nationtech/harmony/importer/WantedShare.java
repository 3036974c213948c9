package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.ShareName;

/**
 * A folder of the household that nodes must have.
 *
 * @param folder on the machine where the application ran; where that is not known, the name of the variable that has it
 */
public record WantedShare(ShareName share, String folder, Place at) {
    /** What stands in the settings of a node's agent. */
    public String setting() {
        return "HARMONY_SHARES=%s=local:%s".formatted(share, folder);
    }
}
