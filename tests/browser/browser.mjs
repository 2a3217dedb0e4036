// What check.mjs and look.mjs share: a server for a built book, a browser, the themes.

import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, normalize, relative, sep } from 'node:path';
import { chromium } from 'playwright-core';

export const THEMES = ['light', 'rust', 'coal', 'navy', 'ayu'];
export const WIDTHS = [320, 1280];
const HEIGHT = 900;
// What can differ between themes; everything else is checked in the first one.
export const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Serves a folder on a free loopback port; resolves to `{ origin, close }`. */
export async function serve(root) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://book').pathname));
    const file = join(root, path.endsWith(sep) ? join(path, 'index.html') : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Starts the system's Chromium, or the one that CHROMIUM names. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/** A context of the given width whose pages open in the given theme. */
export async function contextFor(browser, { theme, width, ...options }) {
  const context = await browser.newContext({ viewport: { width, height: HEIGHT }, reducedMotion: 'reduce', ...options });
  if (theme) {
    await context.addInitScript((name) => localStorage.setItem('mdbook-theme', name), theme);
  }
  return context;
}

/** The pages of a built book, as paths below its folder, without the frame of contents. */
export async function pagesOf(root) {
  const entries = await readdir(root, { recursive: true });
  const pages = entries.map((entry) => relative('.', entry)).filter((entry) => entry.endsWith('.html') && entry !== 'toc.html');
  return pages.sort();
}
