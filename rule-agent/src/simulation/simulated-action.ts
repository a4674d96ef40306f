import type { Action } from '../actions/index.ts';

/** Everything can be changed, and stands where it was put; but for systems that refuse. Nothing is contacted. */
export function simulatedAction(refusing: ReadonlySet<string>): Action {
  return {
    plan: ({ system, name }) =>
      Promise.resolve(
        refusing.has(system)
          ? { kind: 'impossible', because: `${system} refuses, as the test says` }
          : { kind: 'change', plan: { system, name, from: 0, to: 1, version: '""' } },
      ),
    apply: () => Promise.resolve({ kind: 'applied' }),
    verify: () => Promise.resolve('applied'),
    revert: () => Promise.resolve({ kind: 'applied' }),
  };
}
