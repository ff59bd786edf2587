package org.headct.ich.domain.phantom;

/**
 * A file of a dump.
 *
 * @param path the path relative to the dump's folder, with {@code /}, e.g. {@code
 *     stage_2_train/ID_000012eaf.dcm}
 * @param bytes the whole file
 */
@SuppressWarnings("ArrayRecordComponent") // half a megabyte that goes directly to a writer
public record PhantomFile(String path, byte[] bytes) {}
