export interface LandingLink {
  path: string;
  text: string;
  description?: string;
}

export interface LandingContent {
  name: string;
  version: string;
  description: string;
  links: readonly LandingLink[];
}

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { font-size: 1.4rem; margin-bottom: 0; }
  small { opacity: .7; }
  li { margin: .4rem 0; }
  a { font-family: ui-monospace, monospace; }`;

/** The page at `/`: what this is and where its things are. */
export function renderLandingPage({ name, version, description, links }: LandingContent): string {
  const items = links.map(
    ({ path, text, description: about }) =>
      `<li><a href="${escapeHtml(path)}">${escapeHtml(text)}</a>${about === undefined ? '' : ` ${escapeHtml(about)}`}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(name)}</title><style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(name)}</h1>
<small>version ${escapeHtml(version)}</small>
<p>${escapeHtml(description)}</p>
<ul>${items.join('\n')}</ul>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
