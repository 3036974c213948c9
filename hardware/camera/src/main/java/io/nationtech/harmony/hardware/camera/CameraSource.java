package io.nationtech.harmony.hardware.camera;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.VideoCamera;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What gives pictures; a decoder or a scaler of pictures is a video node too, and is left out. */
public final class CameraSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("camera");
    private static final String FOLDER = "sys/class/video4linux";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    /** The video nodes of boards that compute pictures, where udev's notes do not tell. */
    private static final Pattern COMPUTES =
            Pattern.compile("(?i).*(codec|isp|decode|encode|hevc|jpeg|rpivid|pisp|scaler|rga|wave5|stats|config).*");

    @Override
    public List<Fact> facts(Look look) {
        return look.names(FOLDER).stream()
                .filter(name -> name.startsWith("video"))
                .flatMap(name -> camera(look, name, FOLDER + "/" + name + "/").stream())
                .toList();
    }

    /** A camera on USB has a second node for metadata, with index 1. */
    private static Optional<Fact> camera(Look look, String name, String folder) {
        String model = look.textIfAny(folder + "name").orElse("");
        if (look.textIfAny(folder + "index").filter(index -> !index.equals("0")).isPresent()
                || COMPUTES.matcher(model).matches()
                || capturesNothing(look, folder)) {
            return Optional.empty();
        }
        return look.value(
                folder, () -> new Fact.OfDevice(new VideoCamera(DevicePath.of(name), ModelName.cleaned(model))));
    }

    /** As udev asked the driver when the node came; no where udev has no notes of it. */
    private static boolean capturesNothing(Look look, String folder) {
        return look.textIfAny(folder + "dev")
                .flatMap(device -> look.textIfAny("run/udev/data/c" + device))
                .filter(notes -> notes.contains("E:ID_V4L_CAPABILITIES=") && !notes.contains(":capture:"))
                .isPresent();
    }
}
