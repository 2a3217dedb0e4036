// Writes pages of a built book as PNG files, whole and as a reader sees them:
//
//   node look.mjs BOOKDIR OUTDIR [--pages a,b] [--themes light,navy] [--widths 360,1280]
//
// A page is named by its path without `.html`. Prints the name of each file that it writes.

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { THEMES, WIDTHS, contextFor, launch, pagesOf, serve } from './browser.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pages: { type: 'string' }, themes: { type: 'string' }, widths: { type: 'string' } },
});
const [bookDir, outDir] = positionals;
if (!bookDir || !outDir) {
  throw new Error('usage: node look.mjs BOOKDIR OUTDIR [--pages a,b] [--themes light,navy] [--widths 360,1280]');
}

const chosen = (text, all) => text?.split(',').filter(Boolean) ?? all;
const known = (await pagesOf(bookDir)).map((page) => page.replace(/\.html$/, ''));
const pages = chosen(values.pages, known.filter((page) => page !== 'print'));
const themes = chosen(values.themes, ['light', 'navy']);
const widths = chosen(values.widths, WIDTHS).map(Number);
for (const [what, names, all] of [['page', pages, known], ['theme', themes, THEMES]]) {
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`no ${what} is called ${unknown.join(', ')}; there are: ${all.join(', ')}`);
  }
}

await mkdir(outDir, { recursive: true });
const server = await serve(resolve(bookDir));
const browser = await launch();
try {
  for (const theme of themes) {
    for (const width of widths) {
      const context = await contextFor(browser, { theme, width });
      const page = await context.newPage();
      for (const name of pages) {
        await page.goto(`${server.origin}/${name}.html`, { waitUntil: 'load' });
        const file = join(outDir, `${name.replaceAll('/', '-')}-${theme}-${width}.png`);
        await page.screenshot({ path: file, fullPage: true });
        process.stdout.write(`${file}\n`);
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.close();
}
