import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/** WCAG 2 AA for text of any size. */
const LEAST_CONTRAST = 4.5;
const STEP = 0.06;

/** A colour as it is where it can be read on the panel, else darker (or on dark themes lighter) until it can. */
export function legible(color: string, { colors, isDark }: GrafanaTheme2): string {
  const change = isDark ? colorManipulator.lighten : colorManipulator.darken;
  for (let amount = 0; amount < 1; amount += STEP) {
    const shade = amount === 0 ? color : change(color, amount);
    // Tiles are a little off the panel's background; what can be read there can be read on both.
    if (
      colorManipulator.getContrastRatio(shade, opaque(colors.background.secondary, colors.background.primary)) >=
      LEAST_CONTRAST
    ) {
      return shade;
    }
  }
  return colors.text.primary;
}

/** Some backgrounds of themes are translucent; what is below them counts. */
function opaque(color: string, below: string): string {
  return colorManipulator.decomposeColor(color).values[3] === undefined ? color : below;
}
