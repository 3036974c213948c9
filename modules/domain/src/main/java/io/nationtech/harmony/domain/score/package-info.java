/** Scores that come with the framework. */
package io.nationtech.harmony.domain.score;
