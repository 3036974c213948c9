package io.nationtech.harmony.qemu;

/**
 * What a command in the guest came to.
 *
 * @param exit its exit status; 0 is success
 * @param output what it wrote, both streams, without white space at the end
 */
public record GuestReply(int exit, String output) {}
