// Running and editing listings: what is asked for and when, what is shown, what is kept; by keys alone, in every theme, from a
// disk, with the playground played by us, and with the compiler of this computer.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { THEMES, WIDTHS, contextFor } from './browser.mjs';

const PLAYGROUND = 'https://play.rust-lang.org/execute';
/** A compiler may have to wait for others. */
const PATIENCE = 120_000;

/** Every listing that can be run: its page, its figure, what the page knows of it. */
async function runners(browser, origin, names) {
  const context = await contextFor(browser, { width: 1280 });
  const page = await context.newPage();
  const found = { listings: [], exercises: [] };
  for (const name of names.filter((name) => !/^(?:404|print)\.html$/.test(name))) {
    await page.goto(`${origin}/${name}`, { waitUntil: 'domcontentloaded' });
    const here = await page.evaluate(() => [...document.querySelectorAll('code-runner')].map((runner) => ({
      id: runner.closest('[id]').id, exercise: runner.getAttribute('exercise'),
      data: JSON.parse(runner.querySelector('script')?.textContent ?? 'null'),
    })));
    found.listings.push(...here.filter(({ data }) => data).map((runner) => ({ name, ...runner })));
    found.exercises.push(...here.filter(({ exercise }) => exercise).map((runner) => ({ name, ...runner })));
  }
  await context.close();
  return found;
}

/** What the playground would say. */
const says = (stderr, rest = {}) => ({ success: false, exitDetail: '', stdout: '', stderr, ...rest });
const RAN = '   Compiling playground v0.0.1 (/playground)\n    Finished `dev` profile target(s) in 0.5s\n     Running `target/debug/playground`\n';
const PRINTED = says(RAN, { success: true, stdout: 'forty-two\n' });
const errorAt = (line) => says(`   Compiling playground v0.0.1 (/playground)\nwarning: unused variable: \`n\`\n --> src/main.rs:${line}:9\n  |\n\nerror[E0308]: mismatched types\n --> src/main.rs:${line}:5\n  |\n${line} |     x\n  |     ^ expected \`()\`\n\nFor more information about this error, try \`rustc --explain E0308\`.\nerror: could not compile \`playground\` (bin "playground") due to 1 previous error\n`);
const panicAt = (line) => says(`${RAN}\nthread 'main' (13) panicked at src/main.rs:${line}:5:\nindex out of bounds: the len is 3 but the index is 3\nnote: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace\n`, { exitDetail: 'Exited with status 101', stdout: 'before\n' });

/** Opens a listing in a context of its own, with a playground that gives `answer`, and does `work` with it. */
async function opened(browser, origin, listing, options, work) {
  const { answer = PRINTED, init, ...rest } = options;
  const context = await contextFor(browser, { width: 1280, ...rest });
  const sent = [];
  await context.route(/^https:/, async (route) => {
    const request = route.request();
    if (request.method() === 'POST') {
      sent.push({ url: request.url(), body: request.postDataJSON() });
    }
    if (request.url() !== PLAYGROUND || answer === null) {
      return route.abort();
    }
    return route.fulfill({ json: answer, headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' } });
  });
  if (init) {
    await context.addInitScript(init);
  }
  const page = await context.newPage();
  const [errors, requests] = [[], []];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  try {
    await page.goto(`${origin}/${listing.name}`, { waitUntil: 'load' });
    const figure = page.locator(`#${listing.id}`);
    const problem = await work({ page, figure, sent, requests, button: (name) => figure.getByRole('button', { name }), text: figure.locator('textarea') });
    return problem ?? errors[0] ?? null;
  } finally {
    await context.close();
  }
}

/** Waits for the end of a run; the sentence that tells of it. */
async function finished(figure) {
  await figure.locator('.result:not([aria-busy]) .status:not(:empty)').waitFor({ timeout: PATIENCE });
  return figure.locator('.result .status').innerText();
}

async function run({ figure, button }) {
  await button(/^Run/).click();
  return finished(figure);
}

/** Whether the line that is marked is the one that holds `text`, by where it is drawn. */
const marked = (figure, text) => figure.evaluate((element, wanted) => {
  const mark = element.querySelector('.line-mark.error');
  const code = mark?.closest('code');
  const shown = code?.textContent.split('\n').findIndex((line) => line.includes(wanted));
  return mark !== null && Number(mark.style.getPropertyValue('--line')) === shown && mark.getBoundingClientRect().height > 10;
}, text);

/** Nothing is asked for before the reader asks; then the editor once, and the playground once for each run. */
async function quiet({ page, figure, sent, requests, button, text }, { data }) {
  // The picture for the browser's tab may come late.
  await page.waitForTimeout(300);
  const before = requests.length;
  const note = await figure.locator('.note').innerText();
  await page.waitForTimeout(200);
  if (requests.length > before || requests.some((url) => url.includes('code-editor'))) {
    return 'something is asked for before a button is pressed';
  }
  if (!note.includes('sends it to play.rust-lang.org')) {
    return `before it is pressed, Run is explained by "${note}"`;
  }
  await button(/^Edit/).click();
  await text.press('End');
  await page.waitForTimeout(100);
  const loaded = requests.slice(before);
  if (loaded.length !== 1 || !loaded[0].includes('code-editor') || sent.length > 0) {
    return `Edit asks for ${loaded.join(', ')}`;
  }
  const said = await run({ figure, button });
  const { url, body } = sent[0] ?? {};
  const whole = data.before + data.part.split('\n').map((line) => (line ? ' '.repeat(data.indent) + line : line)).join('\n') + data.after;
  const expected = { channel: 'stable', mode: data.release ? 'release' : 'debug', edition: '2024', crateType: 'bin', tests: false, backtrace: false, code: whole };
  if (sent.length !== 1 || url !== PLAYGROUND || Object.entries(expected).some(([key, value]) => body[key] !== value)) {
    return `Run sends ${JSON.stringify(sent)}`;
  }
  const output = await figure.locator('.said code').first().innerText();
  return said === 'It ended with exit code 0.' && output.trim() === 'forty-two' ? null : `a run ends with "${said}", and ${output}`;
}

/** What is edited stands in the whole program, which can be shown. */
async function edited({ figure, sent, button, text }, { data }) {
  await button(/^Edit/).click();
  if (await text.inputValue() !== data.part) {
    return 'the text is not the part that the page shows';
  }
  await text.press('ControlOrMeta+End');
  await text.pressSequentially('\n// mine');
  await run({ figure, button });
  const { code } = sent[0].body;
  if (!code.startsWith(data.before) || !code.endsWith(`// mine${data.after}`) || !code.includes(`\n${' '.repeat(data.indent)}`)) {
    return `the program that is sent is not whole: ${code}`;
  }
  await button('Whole program').click();
  if (await text.inputValue() !== code) {
    return 'the whole program is not shown';
  }
  await text.fill('fn main() {}\n');
  if (!await button('Whole program').isDisabled()) {
    return 'a part is offered that is not there any more';
  }
  await button('Reset').click();
  await button('Whole program').click();
  return await text.inputValue() === data.part ? null : 'the part does not come back';
}

/** An error is marked where it is, said in words, and leads to its line. */
async function error({ page, figure, button, text }, { data }) {
  const said = await run({ figure, button });
  const [line, column] = [data.before.split('\n').length + 1, 5];
  const wanted = data.part.split('\n')[1];
  if (!said.startsWith('It does not compile: 1 error.') || !await marked(figure, wanted)) {
    return `an error is told as "${said}", and its line is ${await marked(figure, wanted) ? '' : 'not '}marked`;
  }
  const message = await figure.locator('.messages .error p').first().innerText();
  if (!message.startsWith(`error E0308 in line 2 (${line} of the whole program): mismatched types`)) {
    return `the message is "${message}"`;
  }
  await figure.locator('.messages .error .place').click();
  const at = await text.evaluate((field) => field.value.slice(0, field.selectionStart).split('\n').length);
  const isThere = await page.evaluate(() => document.activeElement.matches('textarea'));
  if (!isThere || at !== 2 || !await marked(figure, wanted)) {
    return `the message leads to line ${at}, column ${column}`;
  }
  await text.pressSequentially('x');
  return await figure.locator('.line-mark').count() === 0 ? null : 'a mark outlives the text that it is about';
}

async function panic({ figure, button }, { data }) {
  const said = await run({ figure, button });
  const told = await figure.locator('.panic').innerText();
  if (said !== 'It ended by a panic, with exit code 101.' || !/^panic in line 2 .*: index out of bounds/.test(told)) {
    return `a panic is told as "${said}" and "${told}"`;
  }
  return await marked(figure, data.part.split('\n')[1]) ? null : 'the line of the panic is not marked';
}

/** What was changed is there after a reload, until it is reset; a listing that has changed meanwhile says so. */
async function kept({ page, figure, button, text }, { id, data }) {
  await button(/^Edit/).click();
  await text.fill(`${data.part}\n// kept`);
  await page.reload({ waitUntil: 'load' });
  if (!(await figure.locator('.note').innerText()).includes('your text is kept')) {
    return 'after a reload the page does not say that the text is kept';
  }
  await button(/^Edit/).click();
  if (!(await text.inputValue()).endsWith('// kept')) {
    return 'a change does not survive a reload';
  }
  await page.evaluate((name) => {
    const key = `code-runner ${name}`;
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), hash: 'older' }));
  }, data.name);
  await page.reload({ waitUntil: 'load' });
  await button(/^Edit/).click();
  const said = await page.locator(`#${id} .status`).innerText();
  if (!said.includes('has changed this listing') || !(await text.inputValue()).endsWith('// kept')) {
    return `of a listing that has changed it is said: "${said}"`;
  }
  await button(/^Edit/).click();
  await run({ figure, button });
  if (!await text.isVisible()) {
    return 'what is run is not what is shown';
  }
  await button('Reset').click();
  if ((await figure.locator('.note').innerText()).includes('kept')) {
    return 'after a reset the page says that something is kept';
  }
  await page.reload({ waitUntil: 'load' });
  if ((await figure.locator('.note').innerText()).includes('kept')) {
    return 'after a reset something is still kept';
  }
  await button(/^Edit/).click();
  return await text.inputValue() === data.part ? null : 'a reset does not bring the listing back';
}

/** To the buttons, into the text, out of it, and a run, with the keys alone. */
async function keys({ page, figure, sent, text }) {
  const address = page.url();
  await figure.evaluate((element) => {
    const before = Object.assign(document.createElement('button'), { textContent: 'before' });
    element.querySelector('code-runner').before(before);
    before.focus();
  });
  const focused = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await text.waitFor();
  if (!await focused('textarea')) {
    return 'Edit does not lead into the text';
  }
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('if x {');
  await page.keyboard.press('Enter');
  await page.keyboard.type('s?');
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight', 'Home']) {
    await page.keyboard.press(key);
  }
  if (!(await text.inputValue()).startsWith('if x {\n    s?')) {
    return `a new line is not set in: ${(await text.inputValue()).slice(0, 30)}`;
  }
  await page.keyboard.press('ControlOrMeta+Enter');
  await finished(figure);
  if (sent.length !== 1 || !sent[0].body.code.includes('if x {')) {
    return 'Ctrl+Enter does not run the text';
  }
  await page.keyboard.press('Tab');
  if (await focused('textarea')) {
    return 'Tab does not leave the text';
  }
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ControlOrMeta+z');
  return page.url() === address && await focused('textarea') ? null : 'a key in the text turns the page';
}

/** Every theme, with the text open, an error marked, and messages and output shown. */
async function looks({ page, figure, button }, { axeSource }) {
  await page.evaluate(axeSource);
  const broken = [];
  const check = async (state) => {
    for (const theme of THEMES) {
      await page.evaluate((name) => document.getElementById(`mdbook-theme-${name}`).click(), theme);
      const violations = await page.evaluate(async () => {
        const { violations: found } = await globalThis.axe.run('main', { resultTypes: ['violations'] });
        return found.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 140)}`);
      });
      broken.push(...violations.map((violation) => `${state}, ${theme}: ${violation}`));
    }
  };
  await check('closed');
  await run({ figure, button });
  await check('run');
  await button(/^Edit/).click();
  await check('open');
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return broken[0] ?? (isWide ? 'the page scrolls sideways' : await aligned(figure));
}

/** The colored text lies under the field's own, to the pixel; else the caret stands beside what it changes. */
async function aligned(figure) {
  const differences = await figure.evaluate((element) => {
    const [field, code] = ['textarea', '.sheet pre > code'].map((selector) => element.querySelector(selector));
    const styles = [field, code].map((part) => getComputedStyle(part));
    const same = ['fontFamily', 'fontSize', 'lineHeight', 'paddingLeft', 'paddingTop', 'tabSize', 'letterSpacing', 'whiteSpace', 'wordSpacing', 'textIndent', 'fontVariantLigatures'];
    const [a, b] = [field, code].map((part) => part.getBoundingClientRect());
    const wrong = same.filter((name) => styles[0][name] !== styles[1][name]);
    return Math.abs(a.top - b.top) + Math.abs(a.left - b.left) > 0.6 || field.scrollHeight > field.clientHeight + 1 ? [...wrong, 'place'] : wrong;
  });
  return differences.length > 0 ? `field and colors differ in ${differences.join(', ')}` : null;
}

const REFUSING = () => {
  Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
};

/** What does not need a compiler. */
function played({ part, context: { browser, origin, bookDir, axeSource } }) {
  const with_ = (options, work) => () => opened(browser, origin, part, options, (tools) => work(tools, { ...part, axeSource }));
  const line = part.data.before.split('\n').length + 1;
  return {
    'quiet': with_({}, quiet),
    'edited': with_({}, edited),
    'error': with_({ answer: errorAt(line) }, error),
    'panic': with_({ answer: panicAt(line) }, panic),
    'kept': with_({}, kept),
    'keys': with_({ width: 360 }, keys),
    'nothing kept': with_({ init: REFUSING }, async ({ figure, button, text }) => {
      await button(/^Edit/).click();
      await text.pressSequentially('// mine');
      const hint = await figure.locator('.hint').innerText();
      return hint.includes('keeps nothing') && await run({ figure, button }) === 'It ended with exit code 0.' ? null : `it says "${hint}"`;
    }),
    'unreachable': with_({ answer: null }, async (tools) => {
      const said = await run(tools);
      return said.includes('no way from here to play.rust-lang.org') ? null : `it says "${said}"`;
    }),
    'refused': with_({ answer: { error: 'Too many of you.' } }, async (tools) => {
      const said = await run(tools);
      return said === 'Too many of you.' ? null : `it says "${said}"`;
    }),
    'without scripts': with_({ javaScriptEnabled: false }, async ({ figure }) => (await figure.locator('button').count() === 0 ? null : 'there is a button that does nothing')),
    'from a disk': () => opened(browser, pathToFileURL(join(bookDir, '.')).href.replace(/\/$/, ''), part, { answer: null }, async ({ figure, button, text }) => {
      await button(/^Edit/).click();
      await text.waitFor();
      const said = await run({ figure, button });
      return said.includes('cargo book serve') ? null : `it says "${said}"`;
    }),
    ...Object.fromEntries(WIDTHS.map((width) => [`looks at ${width}`, with_({ width, answer: errorAt(line) }, looks)])),
  };
}

/** With the compiler of this computer, behind the book's own server. */
function real({ part, failing, exercise, context: { browser, served } }) {
  const with_ = (listing, work) => () => opened(browser, served, listing, { answer: null }, work);
  const whole = async ({ button, text }, program) => {
    await button(/^Edit/).click();
    await button('Whole program').click();
    await text.fill(program);
  };
  return {
    'real run': with_(part, async (tools) => {
      const note = await tools.figure.locator('.note').innerText();
      await whole(tools, 'fn main() {\n    println!("{}", 6 * 7);\n}\n');
      const said = await run(tools);
      const [output, held] = [await tools.figure.locator('.said code').innerText(), await tools.figure.locator('.held').innerText()];
      const isTold = note.startsWith('Runs on this computer') && /^Compiled and run by rustc .* on this computer, (?:in a jail|under limits)/.test(held);
      return isTold && said === 'It ended with exit code 0.' && output.trim() === '42' && tools.sent.length === 0 ? null : `${note} ${said} ${output} ${held}`;
    }),
    'real error': with_(failing, async (tools) => {
      const said = await run(tools);
      const codes = await tools.figure.locator('.messages .error code').allInnerTexts();
      const badge = await tools.figure.locator('.listing-badge code').first().innerText();
      const isMarked = await tools.figure.locator('.line-mark.error').count() > 0;
      return said.includes('what this listing is there to show') && codes.includes(badge) && isMarked ? null : `${said} ${codes} ${badge} ${isMarked}`;
    }),
    'real panic': with_(part, async (tools) => {
      await whole(tools, 'fn main() {\n    let row = [3, 5, 8];\n    let at = row.len();\n    println!("{}", row[at]);\n}\n');
      const said = await run(tools);
      const told = await tools.figure.locator('.panic').innerText();
      return said.startsWith('It ended by a panic') && told.startsWith('panic in line 4: index out of bounds') && await marked(tools.figure, 'row[at]') ? null : `${said} ${told}`;
    }),
    'real loop': with_(part, async (tools) => {
      await whole(tools, 'fn main() {\n    loop {\n        std::hint::spin_loop();\n    }\n}\n');
      const said = await run(tools);
      return /^It was still running after \d+ seconds, and was stopped\.$/.test(said) ? null : said;
    }),
    'stop': with_(part, async (tools) => {
      await whole(tools, 'fn main() {\n    loop {\n        std::hint::spin_loop();\n    }\n}\n');
      await tools.button(/^Run/).click();
      await tools.button('Stop').click();
      const said = await finished(tools.figure);
      return said === 'Stopped.' && await tools.button(/^Run/).count() === 1 ? null : said;
    }),
    'tests of an exercise': with_(exercise, async (tools) => {
      await tools.button('Run the tests').click();
      const said = await finished(tools.figure);
      const verdicts = await tools.figure.locator('.tests > li').count();
      return /^(?:\d+ of \d+ tests|All \d+ tests) passed\.$/.test(said) && verdicts > 0 ? null : said;
    }),
  };
}

/** Runs every check; `served` is where the book's own server shows the same pages. Returns numbers worth reading. */
export async function runnerChecks(browser, origin, names, { find, axeSource, served, bookDir }) {
  const { listings, exercises } = await runners(browser, origin, names);
  const part = listings.find(({ data }) => data.before && !data.fails && data.part.split('\n')[1]?.trim());
  const failing = listings.find(({ data }) => data.fails);
  const [exercise] = exercises;
  const context = { browser, origin, served, bookDir, axeSource };
  const checks = part ? played({ part, context }) : {};
  if (exercise) {
    checks['no tests on another host'] = () => opened(browser, origin, exercise, {}, async ({ button }) => (
      await button('Run the tests').count() === 0 ? null : 'a button offers what cannot be done'));
  }
  if (served && part && failing && exercise) {
    Object.assign(checks, real({ part, failing, exercise, context }));
  }
  for (const [check, run] of Object.entries(checks)) {
    const problem = await run().catch((error) => error.message.split('\n').slice(0, 3).join(' '));
    if (problem) {
      find(`runner: ${check}`, (check.includes('error') && check !== 'error' ? failing : part).name, { problem });
    }
  }
  return { listings: listings.length, exercises: exercises.length, checks: Object.keys(checks).length };
}
