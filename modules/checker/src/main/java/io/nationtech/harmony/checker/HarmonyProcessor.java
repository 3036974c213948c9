package io.nationtech.harmony.checker;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Joins javac as an annotation processor and checks each class when its types are known. In a compiler that is not javac, such as
 * Eclipse's, it stays silent: types are checked there, constants in the build.
 */
@SupportedAnnotationTypes("*")
public final class HarmonyProcessor extends AbstractProcessor {
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    private final Duration limit;
    private Optional<Deployments> deployments = Optional.empty();
    private Optional<Stamp> stamp = Optional.empty();

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
            join(javac);
        } catch (IllegalArgumentException e) {
            // Not javac.
        }
    }

    private void join(ProcessingEnvironment javac) {
        Trees trees = Trees.instance(javac);
        Deployments provided = new Deployments(javac.getElementUtils(), javac.getTypeUtils());
        deployments = Optional.of(provided);
        ConstantCheck constants =
                new ConstantCheck(trees, javac.getElementUtils(), javac.getTypeUtils(), provided, limit);
        Stamp left = new Stamp(provided);
        stamp = Optional.of(left);
        JavacTask.instance(javac).addTaskListener(new TaskListener() {
            @Override
            public void finished(TaskEvent event) {
                if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
                    TreePath type = trees.getPath(event.getTypeElement());
                    if (type != null) {
                        constants.check(type).forEach(finding -> finding.print(trees));
                    }
                }
                left.see(event);
            }
        });
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        deployments.ifPresent(provided -> provided.see(round));
        stamp.ifPresent(left -> left.locate(processingEnv.getFiler()));
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
