// What a reader can do with the keys alone.

import { contextFor } from './browser.mjs';

const TABS = 12;

/** Presses Tab until an element that matches `selector` has the focus; false if it never gets it. */
async function tabTo(page, selector) {
  for (let count = 0; count < TABS; count += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
      return true;
    }
  }
  return false;
}

/** Waits until a condition in the page holds; false after two seconds. */
async function becomes(page, condition, argument) {
  return page.waitForFunction(condition, argument, { timeout: 2000 }).then(() => true, () => false);
}

async function skipLink(page) {
  await page.keyboard.press('Tab');
  return page.evaluate(() => document.activeElement.matches('a.skip-link'));
}

async function sidebar(page) {
  const state = () => page.evaluate(() => ({
    expanded: document.getElementById('mdbook-sidebar-toggle').getAttribute('aria-expanded'),
    visible: document.documentElement.classList.contains('sidebar-visible'),
  }));
  // On a narrow page the sidebar begins closed, so that the control comes first.
  if (!await tabTo(page, 'button#mdbook-sidebar-toggle')) {
    return 'the button of the sidebar never gets the focus';
  }
  for (const key of ['Enter', 'Space']) {
    const before = await state();
    if (before.expanded !== String(before.visible)) {
      return `aria-expanded is ${before.expanded}, the sidebar ${before.visible ? 'open' : 'closed'}`;
    }
    await page.keyboard.press(key);
    if ((await state()).visible === before.visible) {
      return `${key} does not work the sidebar`;
    }
  }
  return null;
}

async function search(page) {
  await page.keyboard.press('s');
  const open = () => document.activeElement.id === 'mdbook-searchbar';
  if (!await becomes(page, open)) {
    return 'the key s does not open the search';
  }
  await page.keyboard.type('stack');
  const found = () => document.querySelectorAll('#mdbook-searchresults a').length > 0;
  return await becomes(page, found) ? null : 'searching for `stack` finds nothing';
}

async function scrolling(page) {
  const address = page.url();
  const block = page.locator('main code[tabindex="0"]').first();
  if (await block.count() === 0) {
    return null;
  }
  await block.focus();
  await page.keyboard.press('ArrowRight');
  const scrolled = () => document.activeElement.scrollLeft > 0;
  if (!await becomes(page, scrolled)) {
    return 'an arrow key does not scroll the block that has the focus';
  }
  return page.url() === address ? null : 'an arrow key in a block turns the page';
}

async function question(page) {
  const summary = page.locator('.choices summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  const told = () => document.querySelector('.choices details[open] .verdict')?.checkVisibility();
  return await becomes(page, told) ? null : 'Enter does not tell the verdict of a choice';
}

async function stackDepth(page) {
  const select = page.locator('stack-depth select').first();
  await select.focus();
  const answer = () => page.locator('stack-depth [role=status]').innerText();
  const [address, before] = [page.url(), await answer()];
  await page.keyboard.press('ArrowDown');
  if (await answer() === before) {
    return 'an arrow key does not choose another function';
  }
  if (page.url() !== address) {
    return 'an arrow key in the widget turns the page';
  }
  return depthIsRight(page);
}

/** The widget's answer for the second function, first build and 8 MiB, worked out from its table. */
async function depthIsRight(page) {
  const { expected, told } = await page.evaluate(() => {
    const widget = document.querySelector('stack-depth');
    const row = widget.querySelector('table.frames').tBodies[0].rows[1];
    const bytes = Number(row.cells[1].dataset.bytes);
    const depth = Math.floor((8 * 1024 * 1024 - Number(widget.getAttribute('overhead'))) / bytes);
    return { expected: depth.toLocaleString('en-US'), told: widget.querySelector('[role=status]').textContent };
  });
  return told.includes(` ${expected} `) ? null : `the widget says "${told}" where ${expected} is right`;
}

/** Runs every check on the first page that has what it needs. */
export async function keyboardChecks(browser, origin, names, find) {
  const checks = [
    ['skip link', 'main', async (page) => (await skipLink(page) ? null : 'the first stop of Tab is not the skip link')],
    ['sidebar', 'main', sidebar],
    ['search', '#mdbook-search-toggle', search],
    ['scrolling', 'main code[tabindex]', scrolling],
    ['question', '.choices', question],
    ['stack-depth', 'stack-depth', stackDepth],
  ];
  const context = await contextFor(browser, { theme: 'light', width: 360 });
  for (const [check, selector, run] of checks) {
    for (const name of names.filter((name) => !/^(?:404|print)\.html$/.test(name))) {
      const page = await context.newPage();
      await page.goto(`${origin}/${name}`, { waitUntil: 'load' });
      const there = await page.locator(selector).count() > 0;
      const problem = there ? await run(page) : null;
      await page.close();
      if (problem) {
        find(`keyboard: ${check}`, name, { problem });
      }
      if (there) {
        break;
      }
    }
  }
  await context.close();
}
