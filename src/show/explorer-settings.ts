import { rules } from "../deconvnet/rectify.js";
import { ArgumentError } from "../errors.js";
import { contrasts, type ExplorerSettings } from "./explorer-state.js";

/**
 * The settings after a change; what is left out stays.
 *
 * @throws {ArgumentError} for one that is out of range
 */
export function checkedSettings(
  where: string,
  change: Partial<ExplorerSettings>,
  before: ExplorerSettings,
): ExplorerSettings {
  const settings: ExplorerSettings = {
    rule: change.rule ?? before.rule,
    rules: change.rules ?? before.rules,
    order: change.order ?? before.order,
    nine: change.nine ?? before.nine,
    contrast: change.contrast ?? before.contrast,
  };
  oneOf(where, "rule", settings.rule, rules);
  oneOf(where, "rules", settings.rules, ["one", "all"]);
  oneOf(where, "order", settings.order, ["strength", "number"]);
  oneOf(where, "nine", settings.nine, ["maps", "units"]);
  const { least, most } = contrasts;
  if (!(settings.contrast >= least && settings.contrast <= most))
    throw new ArgumentError(where, "contrast", settings.contrast, `a number from ${least} to ${most}`);
  return settings;
}

function oneOf(where: string, argument: string, got: string, known: readonly string[]): void {
  if (!known.includes(got))
    throw new ArgumentError(where, argument, got, known.map((one) => `"${one}"`).join(" or "));
}
