import { createTheme, type Field, type FieldConfig, FieldType } from '@grafana/data';
import { type ScoreState } from '../../model/score';
import { scoreReader } from './score-words';

const theme = createTheme();
const fieldWith = (config: FieldConfig): Field => ({ name: 'score', type: FieldType.number, config, values: [] });
const scored = (score: number): ScoreState => ({ status: 'scored', score });

describe('scoreReader', () => {
  it('formats each score by its own field, also when fields of other configuration are read between', () => {
    const read = scoreReader({ theme, timeZone: 'utc' });
    const [plain, whole] = [fieldWith({}), fieldWith({ decimals: 0, unit: 'percent' })];
    const texts = [plain, whole, plain, whole].map((field) => read(scored(71.26), field).text);
    expect(texts).toEqual(['71.3', '71%', '71.3', '71%']);
  });

  it('colours by a continuous scheme from 0 to 100, where the field does not say otherwise', () => {
    const read = scoreReader({ theme, timeZone: 'utc' });
    const color = { mode: 'continuous-RdYlGr' };
    const colorOf = (score: number, config: FieldConfig = {}) =>
      read(scored(score), fieldWith({ color, ...config })).color;
    expect(colorOf(0)).not.toBe(colorOf(100));
    expect(colorOf(50, { min: 50 })).toBe(colorOf(0));
  });

  it('says of a withheld score between what it is, and of a missing one that there is none', () => {
    const read = scoreReader({ theme, timeZone: 'utc' });
    expect(read({ status: 'withheld', interval: [38.1, 49] }, undefined).words).toBe('withheld, between 38.1 and 49.0');
    expect(read({ status: 'missing' }, undefined)).toMatchObject({ text: '–', words: 'no data' });
  });
});
