/**
 * The settings of the pipeline: reads {@code reference.conf}, the user's files and {@code --set},
 * and checks each value. Each job gets its settings as one typed record.
 */
@NullMarked
package org.headct.ich.domain.config;

import org.jspecify.annotations.NullMarked;
