/** What is asked of nodes about the copies of their data, and what they answer. */
package io.nationtech.harmony.domain.backup;
