export type Mood = 'serve' | 'refuse' | 'drop';

const REFUSED_SHARE = 0.45;
const DROPPED_SHARE = 0.05;

/** How a flaky carrier takes a request: it refuses 45 % of them with 503 and cuts the connection on 5 %. */
export function drawMood(flaky: boolean, random: () => number): Mood {
  if (!flaky) return 'serve';
  const draw = random();
  if (draw < DROPPED_SHARE) return 'drop';
  return draw < DROPPED_SHARE + REFUSED_SHARE ? 'refuse' : 'serve';
}
