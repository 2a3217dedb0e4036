// The memory stepper: by keys alone, by link, over time, on paper, without scripts, and in a file of its own.

import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COLOR_RULES, THEMES, WIDTHS, contextFor } from './browser.mjs';

// What a page with a stepper may weigh when it is first opened, packed as servers pack it, and what it may ask for.
const MOST_BYTES = 120_000;
const MOST_REQUESTS = 22;
// A step is drawn anew as a whole, in one go. Times are reported and not asserted; on an idle machine this many elements
// take a tenth of the sixteen milliseconds that a screen shows one picture.
const MOST_ELEMENTS = 500;

const withStepper = async (browser, origin, names) => {
  const context = await contextFor(browser, { width: 1280 });
  const page = await context.newPage();
  const found = [];
  for (const name of names.filter((name) => !/^(?:404|print)\.html$/.test(name))) {
    await page.goto(`${origin}/${name}`, { waitUntil: 'domcontentloaded' });
    if (await page.locator('memory-stepper').count() > 0) {
      found.push(name);
    }
  }
  await context.close();
  return found;
};

/** Opens a page in a context of its own. */
const opened = async (browser, address, options, work) => {
  const context = await contextFor(browser, { width: 1280, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  try {
    if (options.clock) {
      await page.clock.install();
    }
    await page.goto(address, { waitUntil: 'load' });
    const problem = await work(page, context);
    return problem ?? errors[0] ?? null;
  } finally {
    await context.close();
  }
};

/** The step that the first stepper of a figure shows. */
const stepOf = (page, figure) => page.evaluate((id) => document.querySelector(`#${id} memory-stepper`).step, figure);
const figures = (page) => page.evaluate(() => [...document.querySelectorAll('figure.trace')].map(({ id }) => id));

/** Weight and requests of a fresh visit; and none at all while the reader steps. */
async function weight(browser, address, report) {
  const context = await contextFor(browser, { width: 1280 });
  const page = await context.newPage();
  const responses = [];
  page.on('response', (response) => responses.push({ url: response.url(), body: response.body() }));
  await page.goto(address, { waitUntil: 'networkidle' });
  // A browser asks for the icons of a page when it likes, on a busy machine long after everything else.
  const icons = await page.evaluate(() => [...document.querySelectorAll('link[rel~=icon]')].map(({ href }) => href));
  const asked = () => responses.filter(({ url }) => !icons.includes(url));
  const loaded = await Promise.all(asked().map(({ body }) => body));
  const drawings = await Promise.all(icons.map(async (url) => (await context.request.get(url)).body()));
  const bytes = [...loaded, ...drawings].reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
  const requests = loaded.length + icons.length;
  report.weight = { requests, bytes };
  await page.evaluate(stepThrough);
  await page.waitForTimeout(100);
  const later = asked().slice(loaded.length).map(({ url }) => url);
  await context.close();
  if (bytes > MOST_BYTES || requests > MOST_REQUESTS) {
    return `${bytes} packed bytes in ${requests} requests, where ${MOST_BYTES} and ${MOST_REQUESTS} are allowed`;
  }
  return later.length > 0 ? `requests while stepping: ${later.join(', ')}` : null;
}

/** Runs in the page: goes through every run with its buttons, as a reader does who does not want to guess. */
function stepThrough() {
  for (const stepper of document.querySelectorAll('memory-stepper')) {
    for (let count = 0; stepper.step < stepper.steps && count < 1000; count += 1) {
      stepper.querySelector('.question:not([hidden]) .reveal')?.click();
      stepper.querySelector('.next').click();
    }
  }
}

/** Runs in the page: goes through every step of every stepper. Returns what was drawn wrongly, and the times. */
function passAll() {
  const [problems, times, sizes] = [[], [], []];
  for (const stepper of document.querySelectorAll('memory-stepper')) {
    const figure = stepper.getAttribute('figure');
    // A link to the end passes all questions.
    history.replaceState(null, '', `#${figure}:step-${stepper.steps}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
    for (let at = stepper.steps - 1; at >= 0; at -= 1) {
      const begun = performance.now();
      stepper.go(at);
      stepper.getBoundingClientRect();
      times.push(performance.now() - begun);
      sizes.push(stepper.querySelectorAll('memory-picture *').length);
      const arrows = [...stepper.querySelectorAll('memory-picture .arrows > g')].map(({ dataset }) => dataset.arrow);
      const told = new Map([...stepper.querySelectorAll('memory-picture .leads > li')].map((item) => [item.dataset.arrow, item.textContent]));
      const isBroken = [...stepper.querySelectorAll('.arrows path')].some((path) => /NaN|undefined/.test(path.getAttribute('d')));
      if (stepper.step !== at + 1 || isBroken || arrows.length !== told.size || arrows.some((arrow) => !/\w.*\.$/.test(told.get(arrow)))) {
        problems.push(`${figure}, step ${at + 1}: ${arrows.length} arrows, ${told.size} sentences`);
      }
      if (!stepper.querySelector('[role=status] .say').textContent.trim()) {
        problems.push(`${figure}, step ${at + 1}: no sentence`);
      }
    }
  }
  times.sort((a, b) => a - b);
  return { problems, steps: times.length, median: times[times.length >> 1], most: times.at(-1), elements: Math.max(...sizes) };
}

async function everyStep(page, report) {
  const { problems, steps, median, most, elements } = await page.evaluate(passAll);
  const rounded = (time) => Math.round(time * 10) / 10;
  report.drawing = { steps, elements, medianMilliseconds: rounded(median), mostMilliseconds: rounded(most) };
  if (problems.length > 0) {
    return problems[0];
  }
  return elements <= MOST_ELEMENTS ? null : `a step consists of ${elements} elements`;
}

/** Everything with the keys: to the stepper, through the run, past a question. */
async function keys(page) {
  const [figure] = await page.evaluate(() => (
    [...document.querySelectorAll('memory-stepper')].filter((stepper) => stepper.querySelector('script').textContent.includes('"stops"')).map((stepper) => stepper.getAttribute('figure'))));
  const address = page.url();
  await page.locator(`#${figure}`).evaluate((element) => {
    const before = Object.assign(document.createElement('button'), { textContent: 'before' });
    element.before(before);
    before.focus();
  });
  const inFigure = () => page.evaluate((id) => document.activeElement.closest(`#${id}`) !== null, figure);
  await page.keyboard.press('Tab');
  if (!await inFigure()) {
    return 'Tab does not lead into the stepper';
  }
  await page.keyboard.press('ArrowRight');
  if (await stepOf(page, figure) !== 2) {
    return 'the right arrow key does not step';
  }
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('End');
  const stop = await page.evaluate((id) => JSON.parse(document.querySelector(`#${id} script`).textContent).stops[0], figure);
  if (await stepOf(page, figure) !== stop.step + 1) {
    return 'End does not halt at the first question';
  }
  await page.keyboard.press('ArrowRight');
  if (!await page.evaluate(() => document.activeElement.matches('.question button'))) {
    return 'the question does not get the focus';
  }
  for (let count = 0; count < stop.right; count += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const verdict = await page.locator(`#${figure} .verdict`).innerText();
  if (!verdict.startsWith('Right.') || !verdict.includes(stop.choices[stop.right])) {
    return `the right answer is judged with "${verdict}"`;
  }
  await page.keyboard.press('Enter');
  if (await stepOf(page, figure) !== stop.step + 2) {
    return '`go on` does not go on';
  }
  await page.keyboard.press('Home');
  if (await stepOf(page, figure) !== 1) {
    return 'Home does not go to the first step';
  }
  return page.url() === address ? null : 'a key in the stepper turns the page';
}

/** A link to a step shows it, in the window; the link that the stepper offers is that link. */
async function link(page) {
  const [figure, step] = [(await figures(page)).at(-1), 4];
  const address = `${page.url().split('#')[0]}#${figure}:step-${step}`;
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'load' });
  if (await stepOf(page, figure) !== step) {
    return `a link to step ${step} shows step ${await stepOf(page, figure)}`;
  }
  const { top, href } = await page.evaluate((id) => ({
    top: document.querySelector(`#${id} .panel`).getBoundingClientRect().top,
    href: document.querySelector(`#${id} a.link`).hash,
  }), figure);
  if (top < 0 || top > 450) {
    return `the linked step is not in the window, but ${top} px below its upper edge`;
  }
  return href === `#${figure}:step-${step}` ? null : `the step offers the link ${href}`;
}

/** Playing goes on by itself, and stops when asked; the clock of the page is ours. */
async function play(page) {
  const figure = (await figures(page)).at(-1);
  const button = page.locator(`#${figure} .play`);
  await button.focus();
  await page.keyboard.press('Space');
  await page.clock.runFor(3100);
  if (await stepOf(page, figure) !== 2 || await button.getAttribute('aria-label') !== 'Pause') {
    return 'it does not play';
  }
  await page.keyboard.press('Space');
  await page.clock.runFor(20_000);
  return await stepOf(page, figure) === 2 ? null : 'it does not pause';
}

/** What is shown on paper and without scripts: listing, picture, table; and no control that does nothing. */
async function fallback(page) {
  const shown = await page.evaluate(() => [...document.querySelectorAll('memory-stepper')].map((stepper) => {
    const visible = (selector) => [...stepper.querySelectorAll(selector)].some((element) => element.checkVisibility());
    const [arrows, items] = ['.arrow', '.fallback .leads li'].map((selector) => (selector === '.arrow'
      ? stepper.querySelectorAll('svg.memory.wide path.arrow').length : stepper.querySelectorAll(selector).length));
    return { good: ['.fallback pre code', 'svg.memory', '.steps td'].every(visible) && !visible('.panel'), arrows, items };
  }));
  if (!shown.every(({ good }) => good)) {
    return 'listing, picture or table are missing, or controls are shown';
  }
  return shown.every(({ arrows, items }) => arrows === items) ? null : 'an arrow of a picture has no sentence';
}

/** Every theme, with everything shown that a stepper can show. */
async function looks(page, axeSource) {
  await page.evaluate(axeSource);
  const broken = [];
  for (const [place, mode] of ['words', 'values', 'bytes'].entries()) {
    await page.evaluate(([number, wanted]) => {
      for (const stepper of document.querySelectorAll('memory-stepper')) {
        const { stops } = JSON.parse(stepper.querySelector('script').textContent);
        stepper.querySelector(`.modes [value=${wanted}]`).click();
        // A step in the middle, a question that is open, and one that is answered.
        const at = number === 0 || !stops ? Math.floor(stepper.steps * 0.6) : stops[0].step;
        location.hash = `${stepper.getAttribute('figure')}:step-${at + 1}`;
        dispatchEvent(new HashChangeEvent('hashchange'));
        if (number === 2) {
          stepper.querySelector('.answers button')?.click();
        }
      }
    }, [place, mode]);
    for (const [index, theme] of THEMES.entries()) {
      await page.evaluate((name) => document.getElementById(`mdbook-theme-${name}`).click(), theme);
      const violations = await page.evaluate(async (runOnly) => {
        const { violations: found } = await globalThis.axe.run('figure.trace', { resultTypes: ['violations'], ...(runOnly && { runOnly }) });
        return found.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 140)}`);
      }, index === 0 ? null : COLOR_RULES);
      broken.push(...violations.map((violation) => `${theme}, ${mode}: ${violation}`));
    }
  }
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return broken[0] ?? (isWide ? 'the page scrolls sideways' : null);
}

/** What is wrong with the looks of a file that was opened from a disk, in light and dark, on paper and on a phone. */
async function aloneLooks(browser, file, axeSource) {
  for (const [colorScheme, width, media] of [['light', 320, 'screen'], ['dark', 1280, 'screen'], ['dark', 800, 'print']]) {
    // The checker is a script of ours, which the policy of the file would keep out.
    const problem = await opened(browser, pathToFileURL(file).href, { colorScheme, width, bypassCSP: true }, async (page) => {
      await page.emulateMedia({ media });
      await page.evaluate(axeSource);
      const broken = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map(({ id }) => id));
      return broken.length > 0 ? `${colorScheme}, ${width} px, ${media}: ${broken.join(', ')}` : null;
    });
    if (problem) {
      return problem;
    }
  }
  return null;
}

/** A file that was opened from a disk, and needs nothing else. */
async function alone(browser, file) {
  return opened(browser, `${pathToFileURL(file)}#run:step-3`, { width: 1000 }, async (page) => {
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    const { problems } = await page.evaluate(passAll);
    if (await page.locator('.panel .line .hljs-keyword').count() === 0) {
      return 'the code has no colors';
    }
    const isBlocked = await page.evaluate(() => fetch('https://example.org/').then(() => false, () => true));
    const evaluates = await page.evaluate(() => {
      const script = Object.assign(document.createElement('script'), { textContent: 'window.gotIn = true' });
      document.body.append(script);
      return window.gotIn === true;
    });
    if (requests.some((url) => !url.startsWith('https://example.org')) || !isBlocked || evaluates) {
      return 'it asks for something, or lets something in';
    }
    return problems[0] ?? null;
  }).then((problem) => (problem?.includes('Content Security Policy') ? null : problem));
}

/** Runs every check; `file` is a page that stands alone. Returns numbers worth reading. */
export async function stepperChecks(browser, origin, names, { find, axeSource, file, bookDir }) {
  const report = {};
  const pages = await withStepper(browser, origin, names);
  for (const name of pages) {
    const address = `${origin}/${name}`;
    const here = report[name] = {};
    const checks = {
      'weight': () => weight(browser, address, here),
      'every step': () => opened(browser, address, {}, (page) => everyStep(page, here)),
      'link': () => opened(browser, address, {}, link),
      'without scripts': () => opened(browser, address, { javaScriptEnabled: false }, fallback),
      'on paper': () => opened(browser, address, {}, async (page) => {
        await page.emulateMedia({ media: 'print' });
        return fallback(page);
      }),
      ...Object.fromEntries(WIDTHS.map((width) => [`looks at ${width}`, () => opened(browser, address, { width }, (page) => looks(page, axeSource))])),
      ...(name === pages[0] && {
        // What only the widget decides, whatever run it shows.
        'keys': () => opened(browser, address, { width: 360 }, keys),
        'play': () => opened(browser, address, { clock: true }, play),
        'from a disk': () => opened(browser, pathToFileURL(join(bookDir, name)).href, {}, async (page) => (
          await page.locator('memory-stepper.ready .next').count() > 0 ? null : 'it does not begin')),
      }),
    };
    for (const [check, run] of Object.entries(checks)) {
      const problem = await run();
      if (problem) {
        find(`stepper: ${check}`, name, { problem });
      }
    }
  }
  const problem = file ? await alone(browser, file) ?? await aloneLooks(browser, file, axeSource) : null;
  if (problem) {
    find('stepper: alone', file, { problem });
  }
  return report;
}
