package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Camera;
import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.I2c;
import io.nationtech.harmony.domain.hardware.Pci;
import io.nationtech.harmony.domain.hardware.Pwm;
import io.nationtech.harmony.domain.hardware.Serial;
import io.nationtech.harmony.domain.hardware.Spi;
import io.nationtech.harmony.domain.hardware.Storage;
import io.nationtech.harmony.domain.hardware.Tpm;
import io.nationtech.harmony.domain.hardware.Usb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a composed tree of the files that the kernel documents. */
class DeviceFilesTest {
    @TempDir
    private Path root;

    @BeforeEach
    void compose() throws IOException {
        for (String file : List.of(
                "dev/gpiochip0",
                "dev/tpm0",
                "dev/tpmrm0",
                "dev/i2c-1",
                "dev/spidev0.0",
                "dev/ttyUSB0",
                "dev/video0",
                "dev/dri/renderD128",
                "dev/dri/card0",
                "dev/apex_0",
                "dev/bus/usb/001/005",
                "sys/bus/pci/devices/0000:01:00.0/drm/card0/dev",
                "sys/bus/pci/devices/0000:01:00.0/drm/renderD128/dev",
                "sys/bus/pci/devices/0000:02:00.0/apex/apex_0/dev",
                "sys/bus/pci/devices/0000:03:00.0/vendor",
                "etc/shadow")) {
            Path made = root.resolve(file);
            Files.createDirectories(made.getParent());
            Files.createFile(made);
        }
        Path stick = Files.createDirectories(root.resolve("sys/bus/usb/devices/1-1.2"));
        Files.writeString(stick.resolve("busnum"), "1\n");
        Files.writeString(stick.resolve("devnum"), "5\n");
    }

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of(Gpio.line(17), "gpiochip0/17", "/dev/gpiochip0"),
                Arguments.of(Tpm.v2(), "tpm0", "/dev/tpmrm0"),
                Arguments.of(I2c.bus(1), "i2c-1", "/dev/i2c-1"),
                Arguments.of(Spi.device(0, 0), "spidev0.0", "/dev/spidev0.0"),
                Arguments.of(Serial.any(), "ttyUSB0", "/dev/ttyUSB0"),
                Arguments.of(Camera.any(), "video0", "/dev/video0"),
                Arguments.of(Gpu.any(), "0000:01:00.0", "/dev/dri/renderD128"),
                Arguments.of(Pci.device(0x1ac1, 0x089a), "0000:02:00.0", "/dev/apex_0"),
                Arguments.of(Usb.device(0x0403, 0x6001), "1-1.2", "/dev/bus/usb/001/005"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachKindHasItsFile(DeviceClaim claim, String path, String file) {
        assertEquals(new DeviceFiles.Search.Found(List.of(file)), find(claim, path));
    }

    @Test
    void roomOnADiskNeedsNoFile() {
        assertEquals(new DeviceFiles.Search.Found(List.of()), find(Storage.free(DiskSpace.gibibytes(1)), "nvme0n1"));
    }

    @Test
    void twoLinesOfOneChipNeedItOnce() {
        assertEquals(
                new DeviceFiles.Search.Found(List.of("/dev/gpiochip0")),
                new DeviceFiles(root)
                        .find(List.of(
                                DeviceGrant.of(Gpio.line(17), DevicePath.of("gpiochip0/17")),
                                DeviceGrant.of(Gpio.line(18), DevicePath.of("gpiochip0/18")))));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(Gpio.line(17), "gpiochip7/17", "/dev/gpiochip7 is not there"),
                Arguments.of(Gpio.line(17), "gpiochip0/../../etc/shadow", "the kernel gives no such name"),
                Arguments.of(Serial.any(), "video0", "the kernel gives no such name"),
                Arguments.of(Camera.any(), "a/../../etc/shadow", "the kernel gives no such name"),
                Arguments.of(Usb.device(1, 1), "x/../../../../etc", "the kernel gives no such name"),
                Arguments.of(Usb.device(1, 1), "1-9", "nothing is plugged in there"),
                Arguments.of(Gpu.any(), "0000:03:00.0", "no driver is bound to it that offers it to containers"),
                Arguments.of(Gpu.any(), "x/../../../../../etc", "the kernel gives no such name"),
                Arguments.of(Pwm.channel(0), "pwmchip0/0", "the kernel offers it in /sys only"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatCannotBeGivenHasACause(DeviceClaim claim, String path, String why) {
        var missing = assertInstanceOf(DeviceFiles.Search.Missing.class, find(claim, path));

        assertTrue(missing.cause().what().contains(why), missing.cause()::what);
    }

    private DeviceFiles.Search find(DeviceClaim claim, String path) {
        return new DeviceFiles(root).find(List.of(DeviceGrant.of(claim, DevicePath.of(path))));
    }
}
