import type { Guard } from './guard.ts';

/**
 * When too many targets are sick at once the cause is something that they share, and what mends one may break all:
 * then people are told, and nothing is done. Nor are too many worked on at the same time.
 */
export const blastRadius = {
  name: 'blast_radius',
  objection({ match: { rule, targetKey } }, { fleets, claims, policy }) {
    const { share, targets: fewest } = policy.blastRadius;
    const { targets, sick } = fleets.get(rule.name) ?? { targets: 0, sick: 0 };
    if (targets < fewest) return undefined;
    const most = `${Math.round(share * 100)} % of the targets`;
    if (sick > share * targets) return `storm: more than ${most} of this rule are sick at once`;
    const touched = new Set(claims.touched.get(rule.name)).add(targetKey).size;
    return touched > Math.max(1, share * targets)
      ? `more than ${most} would be worked on at once`
      : undefined;
  },
} as const satisfies Guard;
