package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.UserId;

/** As whom a process runs. */
public record ProcessUser(UserId user, GroupId group) {
    /** As people know it from chown(1). */
    @Override
    public String toString() {
        return user + ":" + group;
    }
}
