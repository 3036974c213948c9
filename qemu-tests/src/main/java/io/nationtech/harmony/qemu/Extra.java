package io.nationtech.harmony.qemu;

import java.nio.file.Path;
import java.util.List;

/** What a machine may have beside what every one has. */
public enum Extra {
    /** A TPM 2.0, emulated by swtpm. */
    TPM,
    /** An empty NVMe drive of 2 GiB. */
    NVME_DRIVE,
    /** A USB controller, with a serial adapter (FTDI, 0403:6001) to plug in. */
    USB_CONTROLLER;

    static final String USB_SERIAL = "usb-serial";
    private static final String NULL_PORT = "nothing";

    /** What QEMU is told, given the folder with the machine's files. */
    List<String> options(Path folder) {
        return switch (this) {
            case TPM ->
                List.of(
                        "-chardev",
                        "socket,id=tpm,path=" + SoftwareTpm.socket(folder),
                        "-tpmdev",
                        "emulator,id=tpm0,chardev=tpm",
                        "-device",
                        "tpm-crb,tpmdev=tpm0");
            case NVME_DRIVE ->
                List.of(
                        "-drive",
                        "if=none,id=nvme,format=qcow2,file=" + nvme(folder),
                        "-device",
                        "nvme,drive=nvme,serial=emulated");
            case USB_CONTROLLER -> List.of("-device", "qemu-xhci,id=usb", "-chardev", "null,id=" + NULL_PORT);
        };
    }

    static Path nvme(Path folder) {
        return folder.resolve("nvme.qcow2");
    }

    /** The serial adapter, as the monitor wants it; without a word QEMU waits for the other end of the line to be opened. */
    static String usbSerial(String id) {
        return "\"driver\":\"%s\",\"id\":\"%s\",\"bus\":\"usb.0\",\"always-plugged\":true,\"chardev\":\"%s\""
                .formatted(USB_SERIAL, id, NULL_PORT);
    }
}
