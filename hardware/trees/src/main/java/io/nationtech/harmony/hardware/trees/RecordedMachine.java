package io.nationtech.harmony.hardware.trees;

/** The machines whose trees come with this module; {@code README.md} beside the texts says where each comes from. */
public enum RecordedMachine {
    /** A virtual machine of a cloud, recorded. */
    CLOUD_VM("cloud-vm"),
    /** A mini-PC with an Intel N100, composed. */
    INTEL_MINI_PC("intel-mini-pc"),
    /** A desktop board with an AMD processor and graphics card, composed. */
    AMD_WITH_GPU("amd-with-gpu"),
    /** A Raspberry Pi 4 Model B, composed. */
    RASPBERRY_PI_4("raspberry-pi-4"),
    /** A Raspberry Pi 5, composed. */
    RASPBERRY_PI_5("raspberry-pi-5"),
    /** A virtual machine of QEMU's {@code virt} board, composed. */
    ARM64_VM("arm64-vm");

    private final String name;

    RecordedMachine(String name) {
        this.name = name;
    }

    String file() {
        return name + ".tree";
    }
}
