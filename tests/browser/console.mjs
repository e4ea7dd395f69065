// The console in Debian's Chromium, with a real hub behind it: what every test file needs.
import { chromium } from 'playwright-core';
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

/** Where the console is: tests/browser/run says. */
export const origin = process.env.TEST_CONSOLE;
/** Where screenshots go, to be looked at. */
const shots = process.env.TEST_SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;

/** The browser, started once a file. */
export async function open() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return browser;
}

export async function close() {
  await browser?.close();
  browser = undefined;
}

/** Somebody's own browser; without JavaScript unless told otherwise: every page works so. */
export async function visitor(options = {}) {
  const context = await (await open()).newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.go = path => page.goto(origin + path);
  return page;
}

/** Somebody who is signed in at a page. */
export async function signedIn(name, path = '/en/', options = {}) {
  const page = await visitor(options);
  await page.go(`/en/sign-in?to=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name, exact: true }).click();
  assert.equal(new URL(page.url()).pathname, path.split('?')[0]);
  return page;
}

/** Nothing that axe knows of is wrong with the page, as WCAG 2.2 AA has it; and its outline makes sense. */
export async function accessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const said = found.violations.map(v => `${v.id}: ${v.help}\n    ${v.nodes.map(n => n.html.slice(0, 160)).join('\n    ')}`);
  assert.deepEqual(said, [], `${what}\n${said.join('\n')}`);
  assert.equal(await page.locator('h1').count(), 1, `${what}: one heading of the first level`);
  for (const landmark of ['banner', 'main', 'contentinfo']) {
    assert.equal(await page.getByRole(landmark).count(), 1, `${what}: one ${landmark}`);
  }
  const levels = await page.locator('h1,h2,h3,h4,h5,h6').evaluateAll(all => all.map(h => Number(h.tagName[1])));
  levels.reduce((before, level) => {
    assert.ok(level <= before + 1, `${what}: a heading of level ${level} follows one of ${before}`);
    return level;
  });
  const tables = await page.locator('table').evaluateAll(all => all.filter(t => !t.caption).length);
  assert.equal(tables, 0, `${what}: each table has a caption`);
}

/** Nothing sticks out to the right: 320 px are 400 % of 1280. */
export async function fits(page, what) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= room, `${what}: ${wide} px wide in ${room}`);
}

export async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** Asks again until what is folded shows. */
export async function until(what, ask) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await ask();
    if (found) return found;
    await new Promise(later => setTimeout(later, 200));
  }
  assert.fail(`not in time: ${what}`);
}
