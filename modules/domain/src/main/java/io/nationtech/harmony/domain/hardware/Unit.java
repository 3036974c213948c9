package io.nationtech.harmony.domain.hardware;

/**
 * What a claim can take hold of: a device or a numbered part of one.
 *
 * @param capacity what of it can be given out, in bytes; 0 where it is not counted
 */
public record Unit(DevicePath path, long capacity) {}
