package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.Memory;
import java.util.Optional;

/**
 * A graphics processor or accelerator; its path is that of its PCI or platform device.
 *
 * @param memory of its own; a processor that shares the node's memory has none
 */
public record GraphicsCard(DevicePath path, ModelName model, Optional<Memory> memory) implements Device {}
