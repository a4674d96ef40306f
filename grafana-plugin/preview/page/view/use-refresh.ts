import { useEffect, useState } from 'react';

/** A number that goes up at each refresh, and how to refresh now. A page that nobody looks at does not refresh. */
export function useRefresh(intervalMs: number | undefined): [number, () => void] {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (intervalMs === undefined) {
      return undefined;
    }
    const timer = setInterval(() => !document.hidden && setCount((before) => before + 1), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return [count, () => setCount((before) => before + 1)];
}
