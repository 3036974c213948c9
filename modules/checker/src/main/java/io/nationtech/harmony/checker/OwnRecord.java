package io.nationtech.harmony.checker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;

/** An object of a record that is being compiled and whose constructor does nothing of its own: known by its components. */
record OwnRecord(TypeElement type, Map<Name, Object> components) {

    /** The object that the constructor makes of these values, in the order of the components. */
    static OwnRecord of(TypeElement type, List<Object> values) {
        return new OwnRecord(
                type,
                IntStream.range(0, values.size())
                        .boxed()
                        .collect(Collectors.toUnmodifiableMap(
                                i -> type.getRecordComponents().get(i).getSimpleName(), values::get)));
    }

    Optional<Object> component(Name name) {
        return Optional.ofNullable(components.get(name));
    }
}
