/** Tests of the repository as a whole: its architecture, its tidiness, its launcher. */
@NullMarked
package io.chancery;

import org.jspecify.annotations.NullMarked;
