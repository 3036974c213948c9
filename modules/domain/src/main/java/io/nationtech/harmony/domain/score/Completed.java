package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.value.ServiceName;

/** That a job has ended well: {@link Job#completed()}. */
public record Completed(ServiceName job) {}
