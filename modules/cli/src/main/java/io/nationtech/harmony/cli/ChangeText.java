package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.Change;
import java.util.stream.Collectors;

/** A change in a word or a few. */
final class ChangeText {
    private ChangeText() {}

    static String of(Change change) {
        return switch (change) {
            case Change.None() -> "as declared";
            case Change.Adopt() -> "there as declared, to be noted as owned";
            case Change.Create _ -> "to create";
            case Change.Update _ -> "to update";
            case Change.Replace _ -> "to replace";
            case Change.Delete() -> "to delete";
            case Change.Forget() -> "gone, to be forgotten";
            case Change.Unknown(var awaiting) ->
                "known once applied: "
                        + awaiting.stream().sorted().map(ResourceId::toString).collect(Collectors.joining(", "));
            case Change.Unplannable(Cause cause) -> "cannot be planned: " + cause.what();
        };
    }
}
