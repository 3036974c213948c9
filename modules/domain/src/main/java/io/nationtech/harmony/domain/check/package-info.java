/** What the compiler checks beyond types: constants, by running the very factories that would refuse them later. */
package io.nationtech.harmony.domain.check;
