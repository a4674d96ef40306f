import { describeNumberKind } from '../../../../test/number-kind-suite.ts';

describeNumberKind({
  kind: 'replenish',
  request: {
    ...{ kind: 'replenish', system: 'purchasing', name: 'reorder_points' },
    change: { multiply: 1.5 },
  },
  from: 1.2,
  to: 1.8,
});
