package org.headct.ich.domain.config;

import java.util.List;

/**
 * Settings of what is left out of every table.
 *
 * @param input lists of ids: paths or URIs; empty for none
 */
public record WithdrawalsConfig(List<String> input) {
  public static WithdrawalsConfig from(Settings settings) {
    return new WithdrawalsConfig(settings.texts("withdrawals.input"));
  }
}
