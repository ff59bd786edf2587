package org.headct.ich.domain.ct;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.headct.ich.domain.error.UserException;

/**
 * The mean and deviation of each channel over the training part. There (value − mean) / deviation
 * has mean 0 and variance 1. A constant channel becomes 0.
 *
 * @param channels moments in channel order; at least one
 */
public record Standardisation(List<Channel> channels) implements Serializable {

  /**
   * The moments of one channel with values in [0, 1].
   *
   * @param mean mean of all pixels
   * @param deviation standard deviation of the whole population, 0 or above
   */
  public record Channel(double mean, double deviation) implements Serializable {
    float of(float value) {
      return deviation > 0 ? (float) ((value - mean) / deviation) : 0;
    }
  }

  public Standardisation {
    channels = List.copyOf(channels);
  }

  /** Standardises a tensor in place: C×H×W, row-major. */
  public void apply(float[] tensor) {
    int plane = tensor.length / channels.size();
    for (int c = 0; c < channels.size(); c++) {
      Channel channel = channels.get(c);
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        tensor[i] = channel.of(tensor[i]);
      }
    }
  }

  /** Returns {@code mean/deviation} of each channel, separated by commas, exact to the bit. */
  public String text() {
    return channels.stream()
        .map(c -> c.mean() + "/" + c.deviation())
        .collect(Collectors.joining(","));
  }

  /**
   * Parses the output of {@link #text}.
   *
   * @throws UserException if the text has another form
   */
  public static Standardisation parse(String text) {
    List<Channel> channels = new ArrayList<>();
    for (String part : text.split(",")) {
      double[] figures;
      try {
        figures = Arrays.stream(part.split("/")).mapToDouble(Double::parseDouble).toArray();
      } catch (NumberFormatException e) {
        throw new UserException("expected mean/deviation of each channel, got " + text, e);
      }
      if (figures.length != 2) {
        throw new UserException("expected mean/deviation of each channel, got " + text);
      }
      channels.add(new Channel(figures[0], figures[1]));
    }
    return new Standardisation(channels);
  }
}
