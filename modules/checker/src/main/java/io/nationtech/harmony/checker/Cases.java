package io.nationtech.harmony.checker;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The arm of a switch expression that a constant comes to, where labels are constants too and arms are expressions. */
final class Cases {
    private Cases() {}

    /**
     * @param choice where the switch expression stands
     * @param isChosen whether the constant is that of a label; nothing where that cannot be said
     */
    static Optional<TreePath> chosen(
            TreePath choice, List<? extends CaseTree> cases, Function<TreePath, Optional<Boolean>> isChosen) {
        Optional<TreePath> otherwise = Optional.empty();
        for (CaseTree one : cases) {
            TreePath path = new TreePath(choice, one);
            for (CaseLabelTree label : one.getLabels()) {
                if (label instanceof DefaultCaseLabelTree) {
                    otherwise = arm(path, one);
                    continue;
                }
                Optional<Boolean> chosen = label instanceof ConstantCaseLabelTree constant && one.getGuard() == null
                        ? isChosen.apply(new TreePath(new TreePath(path, label), constant.getConstantExpression()))
                        : Optional.empty();
                if (chosen.isEmpty()) {
                    return Optional.empty();
                }
                if (chosen.get()) {
                    return arm(path, one);
                }
            }
        }
        return otherwise;
    }

    private static Optional<TreePath> arm(TreePath path, CaseTree one) {
        return one.getCaseKind() == CaseTree.CaseKind.RULE && one.getBody() instanceof ExpressionTree value
                ? Optional.of(new TreePath(path, value))
                : Optional.empty();
    }
}
