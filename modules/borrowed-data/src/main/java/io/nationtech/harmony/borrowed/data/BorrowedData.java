package io.nationtech.harmony.borrowed.data;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;

/**
 * What {@link Borrows} comes to: the way to a volume of another deployment, for the containers of one score. It claims nothing, as the volume is another's.
 *
 * @param name of score, owner and volume; without a slash
 */
public record BorrowedData(ResourceName name, OfferedVolume volume) implements NodeResource {
    public BorrowedData {
        if (name.value().contains("/")) {
            throw new InvalidValueException("borrowed data '%s' has a slash in its name".formatted(name)).about(name);
        }
    }

    @Override
    public ResourceId id() {
        return new ResourceId(BorrowedDataKind.NAME, name);
    }

    @Override
    public BorrowedData named(ResourceName other) {
        return new BorrowedData(other, volume);
    }
}
