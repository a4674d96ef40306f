import { judgementOf } from './verdict';

describe('judgementOf', () => {
  it('takes an improvement that did not last for none', () => {
    expect(judgementOf('improved_but_faded', 'applied')).toEqual({
      verdict: 'no_effect',
      reason: 'improved_but_faded',
    });
  });

  it('reads a verdict and its reason', () => {
    expect(judgementOf('inconclusive:not_clear', 'applied')).toEqual({ verdict: 'inconclusive', reason: 'not_clear' });
  });

  it('goes by how the action ended where there is no verdict', () => {
    expect(judgementOf(undefined, 'applied').verdict).toBe('open');
    expect(judgementOf(undefined, 'unclear')).toEqual({ verdict: 'failed', reason: 'unclear' });
  });
});
