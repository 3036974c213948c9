package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.engine.SavedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * A saved plan as a file: JSON with {@code form}, {@code module}, {@code deployment}, {@code fingerprint}, {@code resources} and, for
 * people, {@code plan}.
 *
 * @param module where the deployment module is, absolute
 */
record PlanFile(Path module, SavedPlan plan) {
    private static final String FORM = "harmony-plan 1";
    private static final long LARGEST = 64L << 20;

    void write(Path file, PlanReport report) {
        Map<String, Object> resources = new LinkedHashMap<>();
        plan.resources().forEach((id, fingerprint) -> resources.put(id.path(), fingerprint));
        String text = Json.write(Json.object(
                "form", FORM,
                "module", module.toString(),
                "deployment", plan.deployment().value(),
                "fingerprint", plan.fingerprint(),
                "resources", resources,
                "plan", report.json()));
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw refused(file, "cannot be written: " + e.getMessage(), "save the plan elsewhere");
        }
    }

    static PlanFile read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(file, "has more than %d bytes".formatted(LARGEST), "give the file of a saved plan");
            }
            return parse(file, JSON.std.mapFrom(Files.readString(file)));
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage(), "give the file of a saved plan");
        } catch (JacksonException | InvalidValueException e) {
            throw refused(file, "is not a saved plan: " + e.getMessage(), "save a plan with `harmony plan --save`");
        }
    }

    private static PlanFile parse(Path file, Map<String, Object> document) {
        String form = text(document, "form");
        if (!form.equals(FORM)) {
            throw refused(
                    file,
                    "is of form '%s'; '%s' is the newest known here".formatted(form, FORM),
                    "apply it with the version of Harmony that saved it");
        }
        SortedMap<ResourceId, String> resources = new TreeMap<>();
        if (!(document.get("resources") instanceof Map<?, ?> map)) {
            throw new InvalidValueException("it has no resources");
        }
        map.forEach(
                (id, fingerprint) -> resources.put(ResourceId.parse(String.valueOf(id)), String.valueOf(fingerprint)));
        SavedPlan plan = new SavedPlan(
                DeploymentName.of(text(document, "deployment")), text(document, "fingerprint"), resources);
        if (!plan.isIntact()) {
            throw refused(
                    file,
                    "was changed since it was saved: its fingerprint is not that of its resources",
                    "save the plan again and look at it");
        }
        return new PlanFile(Path.of(text(document, "module")), plan);
    }

    private static String text(Map<String, Object> document, String field) {
        if (document.get(field) instanceof String text) {
            return text;
        }
        throw new InvalidValueException("it has no " + field);
    }

    private static CommandFailedException refused(Path file, String what, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause("the plan file " + what, file.toString(), next));
    }
}
