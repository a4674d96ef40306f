import { gapsIn } from './gaps';

describe('gapsIn', () => {
  it('finds where samples of a regular step are missing', () => {
    expect(gapsIn([0, 10, 20, 60, 70, 80, 90])).toEqual([3]);
    expect(gapsIn([0, 10, 21, 30, 39])).toEqual([]);
  });

  it('finds none where samples come as they like, and none in one or no sample', () => {
    expect(gapsIn([0, 10, 55, 56, 99, 140])).toEqual([]);
    expect(gapsIn([0])).toEqual([]);
    expect(gapsIn([])).toEqual([]);
  });
});
