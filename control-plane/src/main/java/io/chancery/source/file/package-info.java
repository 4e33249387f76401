/** Reads objects from directories of YAML and JSON files, and watches them. */
@NullMarked
package io.chancery.source.file;

import org.jspecify.annotations.NullMarked;
