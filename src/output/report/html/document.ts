import { createHash } from 'node:crypto';
import { html, Markup } from './html.ts';
import { STYLE } from './style.ts';

/** No script, no request, no form, no style but this page's own: a hostile log that got through would still do nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** One HTML file that needs nothing else: no script, no font, no picture, no network. */
export function htmlDocument(title: string, body: Markup): string {
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
${body}</body>
</html>
`;
  return page.text;
}
