import { locationService } from '@grafana/runtime';
import { useCallback, useEffect, useState } from 'react';

/** What the page shows, kept in its address under Grafana's names, so that a look can be shared and gone back to. */
export interface Look {
  from: string;
  to: string;
  refresh: string;
  theme: 'dark' | 'light';
  chosen: Readonly<Record<string, readonly string[]>>;
  /** A panel's JSON: it is then shown alone, as large as the window. */
  panel?: string;
}

const VARIABLE = 'var-';

export function useLook(defaults: Pick<Look, 'from' | 'to' | 'refresh'>): [Look, (change: Partial<Look>) => void] {
  const [look, setLook] = useState(() => readLook(locationService.getSearch(), defaults));
  // A panel may change the address, too.
  useEffect(() => {
    // Its own type is of a package that Grafana does not give to plugins.
    const history = locationService.getHistory() as { listen: (told: () => void) => () => void };
    return history.listen(() => setLook(readLook(locationService.getSearch(), defaults)));
  }, [defaults]);
  const change = useCallback(
    (part: Partial<Look>) =>
      locationService.replace(`?${writeLook({ ...readLook(locationService.getSearch(), defaults), ...part })}`),
    [defaults]
  );
  return [look, change];
}

export function readLook(query: URLSearchParams, defaults: Pick<Look, 'from' | 'to' | 'refresh'>): Look {
  const chosen: Record<string, string[]> = {};
  for (const [name, value] of query) {
    if (name.startsWith(VARIABLE)) {
      (chosen[name.slice(VARIABLE.length)] ??= []).push(value);
    }
  }
  const prefersLight = window.matchMedia('(prefers-color-scheme: light)').matches;
  const theme = query.get('theme') ?? (prefersLight ? 'light' : 'dark');
  return {
    from: query.get('from') ?? defaults.from,
    to: query.get('to') ?? defaults.to,
    refresh: query.get('refresh') ?? defaults.refresh,
    theme: theme === 'light' ? 'light' : 'dark',
    chosen,
    panel: query.get('panel') ?? undefined,
  };
}

export function writeLook({ chosen, panel, ...rest }: Look): URLSearchParams {
  const query = new URLSearchParams({ ...rest, ...(panel === undefined ? {} : { panel }) });
  for (const [name, values] of Object.entries(chosen)) {
    for (const value of values) {
      query.append(`${VARIABLE}${name}`, value);
    }
  }
  return query;
}
