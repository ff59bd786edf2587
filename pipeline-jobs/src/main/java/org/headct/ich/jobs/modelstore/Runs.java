package org.headct.ich.jobs.modelstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The runs under {@code models.path}. */
public final class Runs {
  private Runs() {}

  /**
   * Returns all runs that have started, trained or not, by name; empty if the folder does not
   * exist.
   *
   * @param models parent of the run directories
   */
  public static List<ModelStore> all(Configuration conf, String models) {
    Path parent = new Path(models);
    try {
      FileSystem fs = parent.getFileSystem(conf);
      FileStatus[] folders = fs.exists(parent) ? fs.listStatus(parent) : new FileStatus[0];
      Arrays.sort(folders);
      List<ModelStore> runs = new ArrayList<>();
      for (FileStatus folder : folders) {
        ModelStore run = new ModelStore(conf, folder.getPath().toString());
        if (folder.isDirectory() && run.exists()) {
          runs.add(run);
        }
      }
      return runs;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for runs under " + models, e);
    }
  }
}
