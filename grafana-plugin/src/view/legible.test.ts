import { colorManipulator, createTheme } from '@grafana/data';
import fc from 'fast-check';
import { legible } from './legible';

describe('legible', () => {
  const themes = [createTheme({ colors: { mode: 'light' } }), createTheme({ colors: { mode: 'dark' } })];

  it('leaves a colour alone that can be read', () => {
    expect(legible('#1b5e20', themes[0]!)).toBe('#1b5e20');
    expect(legible('#73bf69', themes[1]!)).toBe('#73bf69');
  });

  it('gives every colour a shade with a contrast of 4.5 in both themes', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), fc.constantFrom(...themes), ([r, g, b], theme) => {
        const shade = legible(`rgb(${r}, ${g}, ${b})`, theme);
        expect(colorManipulator.getContrastRatio(shade, theme.colors.background.primary)).toBeGreaterThanOrEqual(4.5);
      })
    );
  });
});
