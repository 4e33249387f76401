/** Tests of the repository as a whole: its architecture and its tidiness. */
@NullMarked
package io.chancery;

import org.jspecify.annotations.NullMarked;
