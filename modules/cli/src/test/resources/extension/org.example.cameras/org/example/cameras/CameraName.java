package org.example.cameras;

/** A camera's name, as in {@code door}. */
public record CameraName(String value) {
    public static CameraName of(String value) {
        return new CameraName(value);
    }
}
