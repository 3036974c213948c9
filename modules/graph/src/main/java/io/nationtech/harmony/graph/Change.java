package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.form.Difference;
import java.util.List;
import java.util.Set;

/** What an apply does to one resource. */
public sealed interface Change {

    /** It is as declared. */
    record None() implements Change {}

    /** It is there as declared, made by someone else or by an apply that was cut off: only ownership is noted. */
    record Adopt() implements Change {}

    /** It is made. */
    record Create(Record desired) implements Change {}

    /** It is changed in place. */
    record Update(List<Difference> fields) implements Change {
        public Update {
            fields = List.copyOf(fields);
        }
    }

    /**
     * It is deleted and made anew.
     *
     * @param why it cannot be changed in place
     */
    record Replace(List<Difference> fields, String why) implements Change {
        public Replace {
            fields = List.copyOf(fields);
        }
    }

    /** It is owned and no longer declared. */
    record Delete() implements Change {}

    /** It is owned, no longer declared, and gone already: only ownership ends. */
    record Forget() implements Change {}

    /**
     * It depends on what others turn out to be.
     *
     * @param awaiting the others that change first
     */
    record Unknown(Set<ResourceId> awaiting) implements Change {
        public Unknown {
            awaiting = Set.copyOf(awaiting);
        }
    }

    /** It cannot be told, as it could not be read or declared. */
    record Unplannable(Cause cause) implements Change {}
}
