package io.nationtech.harmony.domain.hardware;

/** A camera, by its name under {@code /dev}, as in {@code video0}. */
public record VideoCamera(DevicePath path, ModelName model) implements Device {}
