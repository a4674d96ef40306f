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

/** What is shown until the panel is built. */
export const WAITING_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>The preview is being built</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 4rem auto; padding: 0 1rem; }
</style>
</head>
<body>
<h1>The preview is being built</h1>
<p>The first time its packages are installed too, which takes a minute or two. The page then comes by itself.</p>
</body>
</html>
`;
