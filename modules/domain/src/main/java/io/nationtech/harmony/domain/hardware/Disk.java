package io.nationtech.harmony.domain.hardware;

/**
 * A disk, or the part of one that work may use.
 *
 * @param free what no file system uses, and what is free in the one that work uses
 */
public record Disk(DevicePath path, Medium medium, DiskSpace size, DiskSpace free, DiskHealth health)
        implements Device {
    public Disk {
        Bounds.within("free space of %s in bytes".formatted(path), free.bytes(), 0, size.bytes());
    }
}
