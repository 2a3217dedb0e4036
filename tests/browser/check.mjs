// Checks a built book in a real browser, every page in every theme, narrow and wide:
//
//   node check.mjs BOOKDIR [RUN.html [ORIGIN]]
//
// RUN.html is a recorded run that stands alone; at ORIGIN the book's own server shows the same book.
//
// Prints one line of JSON for each finding, then a summary; exits with 1 if there are findings.

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { COLOR_RULES, THEMES, WIDTHS, contextFor, launch, pagesOf, serve } from './browser.mjs';
import { keyboardChecks } from './keyboard.mjs';
import { runnerChecks } from './runner.mjs';
import { stepperChecks } from './stepper.mjs';

const [bookDir, file, served] = process.argv.slice(2);
if (!bookDir) {
  throw new Error('usage: node check.mjs BOOKDIR [RUN.html [ORIGIN]] (a book that `cargo book build` has written)');
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const findings = [];
const find = (check, page, detail) => {
  const finding = { check, page, ...detail };
  findings.push(finding);
  process.stdout.write(`${JSON.stringify(finding)}\n`);
};

/** Runs in the page: the axe rules that are broken, each with the first places. */
async function axe(rules) {
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = await globalThis.axe.run(document, options);
  return violations.map(({ id, impact, help, nodes }) => ({
    rule: id, impact, help, count: nodes.length, places: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)),
  }));
}

/** Runs in the page: elements that stick out of a page that must not scroll sideways. */
function overflow() {
  const limit = document.documentElement.clientWidth;
  const scrolls = (element) => element.closest('pre, .lines, .table-wrapper, #mdbook-sidebar, svg');
  return [...document.querySelectorAll('main *, header *')]
    .filter((element) => element.getBoundingClientRect().right > limit + 1 && !scrolls(element))
    .slice(0, 3)
    .map((element) => element.outerHTML.slice(0, 120));
}

/** Opens a page and reports what it says on the console and asks of other hosts. */
async function open(context, origin, name, detail) {
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && find('console', name, { ...detail, message: message.text() }));
  page.on('pageerror', (error) => find('console', name, { ...detail, message: error.message }));
  const requests = [];
  page.on('request', (request) => {
    requests.push(request.url());
    if (!request.url().startsWith(origin) && !/^(?:data|blob):/.test(request.url())) {
      find('foreign request', name, { ...detail, url: request.url() });
    }
  });
  page.on('response', (response) => response.status() >= 400 && find('missing file', name, { ...detail, url: response.url() }));
  // The print page opens the dialog of the browser.
  await page.addInitScript(() => { window.print = () => {}; });
  await page.goto(`${origin}/${name}`, { waitUntil: 'load' });
  return { page, requests };
}

/** Changes the theme as a reader does, and says which one the page then shows. */
async function chooseTheme(page, theme) {
  return page.evaluate((name) => {
    document.getElementById(`mdbook-theme-${name}`).click();
    return document.documentElement.classList.contains(name);
  }, theme);
}

async function checkThemes(page, name, width) {
  // What the page for printing shows is on pages of its own too, where each theme colors it.
  const themes = name === 'print.html' ? THEMES.slice(0, 1) : THEMES;
  for (const [index, theme] of themes.entries()) {
    if (!await chooseTheme(page, theme)) {
      find('theme', name, { theme, width });
    }
    for (const violation of await page.evaluate(axe, index === 0 ? null : COLOR_RULES)) {
      find('axe', name, { theme, width, ...violation });
    }
  }
}

/** Opens every page at every width; returns what each holds, and what it weighs when first asked for. */
async function checkLooks(browser, origin, names) {
  const pages = {};
  const jobs = WIDTHS.flatMap((width) => names.map((name) => ({ width, name })));
  await inParallel(jobs, async ({ width, name }) => {
    // A fresh context, so that nothing is in the browser's cache.
    const context = await contextFor(browser, { theme: THEMES[0], width });
    const { page, requests } = await open(context, origin, name, { width });
    pages[name] = { requests: requests.length, bytes: await page.evaluate(bytesLoaded), letters: await page.evaluate(letters) };
    for (const place of await page.evaluate(overflow)) {
      find('overflow', name, { width, place });
    }
    await page.evaluate(axeSource);
    await checkThemes(page, name, width);
    await context.close();
  });
  return pages;
}

/** Runs a few jobs at a time. */
async function inParallel(jobs, run) {
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      await run(job);
    }
  };
  await Promise.all(Array.from({ length: 3 }, worker));
}

/** Runs in the page: how much text the chapter shows, but for what widgets and buttons add. */
function letters() {
  const main = document.querySelector('main');
  const added = [...main.querySelectorAll('.panel, .buttons')].map((element) => element.innerText.length);
  return main.innerText.length - added.reduce((sum, length) => sum + length, 0);
}

/** Runs in the page: the bytes of everything that was loaded, unpacked. */
function bytesLoaded() {
  const entries = [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')];
  return entries.reduce((sum, entry) => sum + entry.decodedBodySize, 0);
}

/** Without scripts a page shows the same, and every link inside the book leads to a page, and to a place on it. */
async function checkWithoutScripts(browser, origin, pages) {
  const context = await contextFor(browser, { width: 1280, javaScriptEnabled: false });
  const known = new Map();
  for (const name of Object.keys(pages)) {
    const { page } = await open(context, origin, name, {});
    known.set(name, await page.evaluate(() => ({
      ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
      links: [...document.querySelectorAll('a[href]')].map((link) => link.href),
    })));
    const shown = await page.evaluate(letters);
    const { letters: expected } = pages[name];
    if (expected === 0 || shown < expected * 0.98) {
      find('less without scripts', name, { shown, expected });
    }
    await page.emulateMedia({ media: 'print' });
    for (const place of await page.evaluate(unprinted)) {
      find('place of a source is not printed', name, { place });
    }
    await page.close();
  }
  await context.close();
  for (const [name, { links }] of known) {
    for (const link of new Set(links)) {
      checkLink(origin, known, name, link);
    }
  }
}

/** Runs in the page: pages and sections of sources that paper would not show. */
function unprinted() {
  return [...document.querySelectorAll('sup.cite[data-place]')]
    .filter((cite) => !getComputedStyle(cite, '::after').content.includes(cite.dataset.place.replaceAll('"', '\\"')))
    .map((cite) => cite.dataset.place);
}

function checkLink(origin, known, from, link) {
  if (!link.startsWith(`${origin}/`)) {
    return;
  }
  const { pathname, hash } = new URL(link);
  const path = decodeURIComponent(pathname.slice(1)).replace(/(^|\/)$/, '$1index.html');
  if (path === 'toc.html') {
    return;
  }
  const target = known.get(path);
  const id = decodeURIComponent(hash.slice(1));
  if (!target) {
    find('dead link', from, { link: path });
  } else if (id && !target.ids.includes(id)) {
    find('dead fragment', from, { link: `${path}#${id}` });
  }
}

const started = Date.now();
const server = await serve(resolve(bookDir));
const browser = await launch();
try {
  const names = await pagesOf(bookDir);
  const pages = await checkLooks(browser, server.origin, names);
  await checkWithoutScripts(browser, server.origin, pages);
  await keyboardChecks(browser, server.origin, names, find);
  const steppers = await stepperChecks(browser, server.origin, names, { find, axeSource, file: file && resolve(file), bookDir: resolve(bookDir) });
  const runners = await runnerChecks(browser, server.origin, names, { find, axeSource, served, bookDir: resolve(bookDir) });
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ summary: true, pages: names.length, findings: findings.length, seconds, steppers, runners, weights: pages })}\n`);
} finally {
  await browser.close();
  server.close();
}
process.exitCode = findings.length > 0 ? 1 : 0;
