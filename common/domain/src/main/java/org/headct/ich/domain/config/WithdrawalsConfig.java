package org.headct.ich.domain.config;

import java.util.List;

/**
 * Settings of the withdrawals: images and patients that every table leaves out.
 *
 * @param input files with lists of ids: paths or URIs; empty for none
 */
public record WithdrawalsConfig(List<String> input) {
  public static WithdrawalsConfig from(Settings settings) {
    return new WithdrawalsConfig(settings.texts("withdrawals.input"));
  }
}
