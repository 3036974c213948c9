package io.nationtech.harmony.checker;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.time.Duration;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;

/** What the processor does beside writing sets, where the compiler is javac. */
record InJavac(Deployments deployments, GraphCheck graph, Stamp stamp) {
    /** Beyond what making a deployment and trying all rules on it takes on a slow machine. */
    private static final Duration GRAPH_LIMIT = Duration.ofMinutes(1);

    /**
     * @throws IllegalArgumentException when the compiler is another one
     */
    static InJavac join(ProcessingEnvironment javac, Duration limit) {
        Trees trees = Trees.instance(javac);
        Deployments provided = new Deployments(
                javac.getElementUtils(), javac.getTypeUtils(), Deployments.Graph.of(javac.getOptions()));
        ConstantCheck constants =
                new ConstantCheck(trees, javac.getElementUtils(), javac.getTypeUtils(), provided, limit);
        GraphCheck graph = new GraphCheck(javac.getElementUtils(), javac.getMessager(), GRAPH_LIMIT);
        Stamp left = new Stamp(provided, graph::holds);
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
        return new InJavac(provided, graph, left);
    }

    /** Looks at what is compiled, round by round. */
    void see(RoundEnvironment round, Filer filer) {
        deployments.see(round);
        if (deployments.isGraphChecked()) {
            graph.see(round);
        }
        stamp.locate(filer);
    }
}
