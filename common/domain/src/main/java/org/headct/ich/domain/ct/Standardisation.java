package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.headct.ich.domain.error.UserException;

/**
 * Mean and deviation of each channel, as the training part has them: (value − mean) / deviation has
 * mean 0 and variance 1 there. A channel that never changes is left at 0.
 *
 * @param channels in channel order; at least one
 */
public record Standardisation(List<Channel> channels) implements Serializable {

  /**
   * Moments of one channel, of values in [0, 1].
   *
   * @param mean of all pixels
   * @param deviation of the whole population, 0 or above
   */
  public record Channel(double mean, double deviation) implements Serializable {
    float of(float value) {
      return deviation > 0 ? (float) ((value - mean) / deviation) : 0;
    }
  }

  public Standardisation {
    channels = List.copyOf(channels);
  }

  /** In place, over planes of equal size: C×H×W row-major. */
  public void apply(float[] tensor) {
    int plane = tensor.length / channels.size();
    for (int c = 0; c < channels.size(); c++) {
      Channel channel = channels.get(c);
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        tensor[i] = channel.of(tensor[i]);
      }
    }
  }

  /** {@code mean/deviation} of each channel with commas between, exact to the bit. */
  public String text() {
    return channels.stream()
        .map(c -> c.mean() + "/" + c.deviation())
        .collect(Collectors.joining(","));
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws UserException if it is something else
   */
  public static Standardisation parse(String text) {
    List<Channel> channels = new ArrayList<>();
    for (String part : text.split(",")) {
      double[] figures;
      try {
        figures = Arrays.stream(part.split("/")).mapToDouble(Double::parseDouble).toArray();
      } catch (NumberFormatException e) {
        throw new UserException("not mean/deviation of channels: " + text, e);
      }
      if (figures.length != 2) {
        throw new UserException("not mean/deviation of channels: " + text);
      }
      channels.add(new Channel(figures[0], figures[1]));
    }
    return new Standardisation(channels);
  }
}
