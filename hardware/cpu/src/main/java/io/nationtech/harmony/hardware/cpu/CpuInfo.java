package io.nationtech.harmony.hardware.cpu;

import io.nationtech.harmony.domain.hardware.CpuFeature;
import io.nationtech.harmony.domain.hardware.CpuTopology;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Processor;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /proc/cpuinfo}, which each architecture writes its own way.
 *
 * @param first the first processor's fields
 * @param places where each logical processor sits; empty where the file does not tell
 */
record CpuInfo(Map<String, String> first, List<Place> places) {
    private static final int LONGEST_FEATURE = 32;
    private static final int MOST_FEATURES = 1_024;

    static CpuInfo parse(String text) {
        Map<String, String> first = new HashMap<>();
        List<Place> places = Stream.of(text.split("\n\\s*\n"))
                .map(CpuInfo::fields)
                .filter(fields -> fields.containsKey("processor"))
                .peek(fields -> fields.forEach(first::putIfAbsent))
                .flatMap(fields -> Place.of(fields).stream())
                .toList();
        return new CpuInfo(first, places);
    }

    private static Map<String, String> fields(String block) {
        Map<String, String> fields = new HashMap<>();
        for (String line : block.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /**
     * @param counted where logical processors sit as sysfs has it, used where this file does not tell
     * @throws InvalidValueException when the file contradicts itself, or is of an architecture that no node has
     */
    Processor processor(List<Place> counted) {
        Set<String> words = words();
        return new Processor(
                instructionSet(words), model(), features(words), topology(places.isEmpty() ? counted : places));
    }

    private Set<String> words() {
        return Stream.of("flags", "Features")
                .flatMap(field -> Stream.of(first.getOrDefault(field, "").split("\\s+")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private InstructionSet instructionSet(Set<String> words) {
        if (first.containsKey("flags")) {
            return Levels.x86(words);
        }
        if (first.containsKey("CPU implementer")) {
            return Levels.arm(words);
        }
        throw new InvalidValueException("it is written for neither amd64 nor arm64");
    }

    private ModelName model() {
        return ModelName.cleaned(Optional.ofNullable(first.get("model name"))
                .orElseGet(() ->
                        ArmCore.name(first.getOrDefault("CPU implementer", ""), first.getOrDefault("CPU part", ""))));
    }

    /** Words that no processor's features are made of are left out: they name nothing that anybody could ask for. */
    private static Set<CpuFeature> features(Set<String> words) {
        return words.stream()
                .filter(word -> word.length() <= LONGEST_FEATURE && word.matches("[a-z0-9][a-z0-9_.]*"))
                .sorted()
                .limit(MOST_FEATURES)
                .map(CpuFeature::of)
                .collect(Collectors.toSet());
    }

    private static CpuTopology topology(List<Place> places) {
        int sockets = (int) places.stream().map(Place::socket).distinct().count();
        int cores = (int) places.stream()
                .map(place -> place.socket() + "/" + place.core())
                .distinct()
                .count();
        return places.isEmpty() ? new CpuTopology(1, 1, 1) : new CpuTopology(sockets, cores, places.size());
    }
}
