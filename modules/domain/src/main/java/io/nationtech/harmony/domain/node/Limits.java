package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.FileCount;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ProcessCount;
import java.util.Optional;

/**
 * What a container cannot take more of, beside memory.
 *
 * @param cpu of its node's processors; when empty, as much as nobody else wants
 * @param processes with their threads, at a time; when empty, podman's own limit of 2,048
 * @param openFiles of a process; when empty, that of its node's podman
 * @param sharedMemory in {@code /dev/shm}, part of its memory limit; when empty, 64 MB
 */
public record Limits(
        Optional<CpuShare> cpu,
        Optional<ProcessCount> processes,
        Optional<FileCount> openFiles,
        Optional<Memory> sharedMemory) {
    /** Those that podman sets by itself. */
    public static final Limits DEFAULT =
            new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same with another limit of processor time. */
    public Limits cpu(CpuShare most) {
        return new Limits(Optional.of(most), processes, openFiles, sharedMemory);
    }

    /** The same with another limit of processes. */
    public Limits processes(ProcessCount most) {
        return new Limits(cpu, Optional.of(most), openFiles, sharedMemory);
    }

    /** The same with another limit of files that a process has open. */
    public Limits openFiles(FileCount most) {
        return new Limits(cpu, processes, Optional.of(most), sharedMemory);
    }

    /** The same with other room in {@code /dev/shm}. */
    public Limits sharedMemory(Memory most) {
        return new Limits(cpu, processes, openFiles, Optional.of(most));
    }
}
