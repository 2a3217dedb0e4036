// Writes theme/highlight.js: the core of Highlight.js, the languages this book shows, and an
// adapter for the two functions that mdBook's book.js calls.
//
//   npm install --prefix target/highlight @highlightjs/cdn-assets@11.11.1
//   node theme/build-highlight.mjs target/highlight/node_modules/@highlightjs/cdn-assets
//
// The whole library weighs three times as much, most of it languages that the book never shows.
// Assembly and JavaScript have small grammars here, because the library's own are a third of the
// rest together (the one for assembly lists every mnemonic of x86).

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '11.11.1';
const LIMIT = 45_000;
const FROM_LIBRARY = ['rust', 'c', 'python', 'java', 'go', 'bash', 'ini'];

const packageDir = process.argv[2];
if (!packageDir) {
  throw new Error('name the folder of @highlightjs/cdn-assets (the first lines of this file say how to get it)');
}
const found = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')).version;
if (found !== VERSION) {
  throw new Error(`expected @highlightjs/cdn-assets ${VERSION}, found ${found}: change VERSION together with the install line`);
}

const read = (path) => readFileSync(join(packageDir, path), 'utf8').trim();
const exportOfCore = /export\{(\w+) as default\};?$/;
const core = read('es/core.min.js');
const name = exportOfCore.exec(core)?.[1];
if (!name) {
  throw new Error('es/core.min.js no longer ends in a default export: adapt exportOfCore');
}

const license = read('LICENSE').split('\n').map((line) => ` * ${line}`.trimEnd()).join('\n');
const output = [
  `/*!\n * Highlight.js ${VERSION}, trimmed by theme/build-highlight.mjs. Do not edit.\n *\n${license}\n */`,
  `var hljs=(()=>{"use strict";${core.replace(/^\/\*![^]*?\*\/\s*/, '').replace(exportOfCore, `return ${name}`)}})();`,
  ...FROM_LIBRARY.map((language) => read(`languages/${language}.min.js`)),
  own('highlight-adapter.js'),
].join('\n') + '\n';

function own(file) {
  return readFileSync(new URL(file, import.meta.url), 'utf8').trim();
}

if (output.length > LIMIT) {
  throw new Error(`highlight.js has ${output.length} bytes, more than ${LIMIT}: take a language out of FROM_LIBRARY`);
}
writeFileSync(new URL('highlight.js', import.meta.url), output);
