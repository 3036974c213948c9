package io.nationtech.harmony.domain.hardware;

/** What a disk keeps its bits on. */
public enum Medium {
    HDD("HDD"),
    SSD("SSD"),
    /** A solid-state disk on PCI Express: it satisfies whoever asks for an SSD. */
    NVME("NVMe"),
    /** Soldered flash of boards. */
    EMMC("eMMC"),
    SD_CARD("SD card"),
    /** A virtual machine's disk: what is below it is not known. */
    VIRTUAL("virtual disk");

    private final String label;

    Medium(String label) {
        this.label = label;
    }

    /** Whether this medium is as good as the one that was asked for. */
    public boolean satisfies(Medium wanted) {
        return this == wanted || (this == NVME && wanted == SSD);
    }

    @Override
    public String toString() {
        return label;
    }
}
