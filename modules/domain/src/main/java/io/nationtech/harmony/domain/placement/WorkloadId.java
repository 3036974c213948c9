package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * One copy of a service.
 *
 * @param replica counted from 0, at most 9999
 */
public record WorkloadId(ServiceRef service, int replica) implements Comparable<WorkloadId> {
    private static final int HIGHEST = 9_999;

    public WorkloadId {
        if (replica < 0 || replica > HIGHEST) {
            throw new InvalidValueException("replica %d of %s is outside 0..%d".formatted(replica, service, HIGHEST));
        }
    }

    @Override
    public int compareTo(WorkloadId other) {
        int order = service.compareTo(other.service);
        return order != 0 ? order : Integer.compare(replica, other.replica);
    }

    @Override
    public String toString() {
        return service + "#" + replica;
    }
}
