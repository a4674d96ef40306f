export type Site = 'leicester' | 'rotterdam';

export const SITES: readonly { site: Site; name: string; country: string }[] = [
  { site: 'leicester', name: 'Leicester', country: 'United Kingdom' },
  { site: 'rotterdam', name: 'Rotterdam', country: 'Netherlands' },
];

/** The site that serves a country: Leicester the United Kingdom, Rotterdam all others. */
export function siteOf(country: string): Site {
  return country === 'United Kingdom' ? 'leicester' : 'rotterdam';
}
