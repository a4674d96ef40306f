import { instant, recorded, setOf } from '../testing/recording';
import { readEntities } from './entities';

const utility = (site: string, signal: string, value: number) =>
  instant('evenkeel:score:utility', { site, signal, domain: 'inventory' }, value);

describe('readEntities', () => {
  it('scores each by its own signals, the worst first', () => {
    const model = readEntities(
      setOf([
        utility('a', 'fill_rate', 0.9),
        utility('b', 'fill_rate', 0.4),
        utility('a', 'otif', 0.7),
        utility('b', 'otif', 1),
        instant('evenkeel:score:weight', { signal: 'fill_rate', domain: 'inventory' }, 3),
        instant('evenkeel:score:weight', { signal: 'otif', domain: 'inventory' }, 1),
      ])
    )!;
    expect(model.label).toBe('site');
    expect(model.entities.map(({ name, state }) => [name, state])).toEqual([
      ['b', { status: 'scored', score: expect.closeTo(55, 9) }],
      ['a', { status: 'scored', score: expect.closeTo(85, 9) }],
    ]);
    expect(model.entities[0]!.worst).toEqual({ title: 'Fill rate', points: expect.closeTo(45, 9) });
  });

  it('withholds the score of one that lacks what others of its kind have', () => {
    const model = readEntities(
      setOf([utility('a', 'fill_rate', 0.9), utility('a', 'otif', 0.7), utility('b', 'otif', 1)])
    )!;
    expect(model.entities.map(({ name, state, coverage }) => [name, state.status, coverage])).toEqual([
      ['b', 'withheld', 0.5],
      ['a', 'scored', 1],
    ]);
  });

  it('groups by the label that was asked for', () => {
    const model = readEntities(setOf(recorded('range')), 'job')!;
    expect(model.entities.map(({ name }) => name)).toEqual(['warehouse']);
    expect(readEntities(setOf(recorded('range')))!.entities).toHaveLength(4);
  });

  it('is undefined when nobody asked', () => {
    expect(readEntities(setOf([]))).toBeUndefined();
  });
});
