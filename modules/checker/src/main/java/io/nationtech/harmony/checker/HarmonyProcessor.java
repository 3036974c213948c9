package io.nationtech.harmony.checker;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Joins javac as an annotation processor and checks each class when its types are known. In a compiler that is not javac, such as
 * Eclipse's, it stays silent: types are checked there, constants in the build.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions(Deployments.Graph.OPTION)
public final class HarmonyProcessor extends AbstractProcessor {
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    private final Duration limit;
    private Optional<InJavac> checks = Optional.empty();

    /** As the compiler makes it. */
    public HarmonyProcessor() {
        this(USUAL_LIMIT);
    }

    HarmonyProcessor(Duration limit) {
        this.limit = limit;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        ProcessingEnvironment javac = IntelliJ.unwrapped(environment);
        try {
            checks = Optional.of(InJavac.join(javac, limit));
        } catch (IllegalArgumentException | NoClassDefFoundError e) {
            // Not javac, and perhaps a runtime that has none: nothing of it may be named in this class.
        }
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        checks.ifPresent(joined -> joined.see(round, processingEnv.getFiler()));
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(HigherOrderSets.MARK)) {
                HigherOrderSets sets = new HigherOrderSets(
                        processingEnv.getElementUtils(), processingEnv.getFiler(), processingEnv.getMessager());
                round.getElementsAnnotatedWith(annotation).forEach(sets::write);
            }
        }
        return false;
    }
}
