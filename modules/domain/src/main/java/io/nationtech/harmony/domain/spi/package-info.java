/** What other modules may provide, found by {@link java.util.ServiceLoader}: what the framework cannot know beforehand. */
package io.nationtech.harmony.domain.spi;
