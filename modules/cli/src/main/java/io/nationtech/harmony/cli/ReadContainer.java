package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a container's name. */
final class ReadContainer implements ITypeConverter<ContainerName> {
    @Override
    public ContainerName convert(String text) {
        try {
            return ContainerName.of(text);
        } catch (InvalidValueException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
