/** Scores that come with the framework. */
@ConstantChecked
package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.check.ConstantChecked;
