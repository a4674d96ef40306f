/** The page around the script; it says nothing by itself. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Operations overview: Evenkeel preview</title>
<link rel="icon" href="/plugin/img/logo.svg">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="root"></div>
<noscript>The preview needs JavaScript.</noscript>
<script src="/page.js"></script>
</body>
</html>
`;

/** What is shown while the panel is built, and when that fails. */
export function waitingPage(failure: string | undefined): string {
  const [title, text] =
    failure === undefined
      ? ['The preview is being built', 'The first time its packages are installed too: a minute or two. This page then shows it by itself.']
      : ['The preview cannot be built', failure];
  const reload = failure === undefined ? '<meta http-equiv="refresh" content="2">' : '';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8">${reload}<title>${title}</title>
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; } body { max-width: 44rem; margin: 4rem auto; padding: 0 1rem; } pre { white-space: pre-wrap; }</style>
</head>
<body><h1>${title}</h1><pre>${text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)}</pre></body>
</html>
`;
}
