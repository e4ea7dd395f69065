// Every page: accessible, in both languages, narrow and zoomed.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { accessible, close, fits, shot, signedIn, visitor } from './console.mjs';

after(close);

const PAGES = {
  'Siân Powell': ['/', '/check', '/report', '/report/incident', '/report/escalation', '/report/request', '/chronology', '/items', '/items?kind=incident', '/items/about',
    '/escalations', '/escalations?all=1', '/meetings', '/governance', '/items/none'],
  'Gethin Bowen': ['/approvals'],
  'Owain Ellis': ['/governance', '/governance/accesses', '/governance/outstanding',
    '/governance/protocols', '/governance/subject-access'],
  'Rhodri Vaughan': ['/governance/not-let-in', '/escalations', '/report/request', '/governance/protocols'],
  'Nia Prosser': ['/', '/indicators', '/indicators?table=incidents-threat', '/indicators?table=alerts-standing',
    '/indicators/annual'],
  'Beca Jenkins': ['/', '/operations'],
};
const SCRIPTED = { javaScriptEnabled: true, bypassCSP: true };

async function good(page, what) {
  await accessible(page, what);
  await fits(page, what);
}

for (const [name, paths] of Object.entries(PAGES)) {
  test(`each page of ${name} is accessible in both languages, at 1280 px and at 320`, async () => {
    const page = await signedIn(name, '/en/', SCRIPTED);
    for (const language of ['en', 'cy']) {
      for (const path of paths) {
        await page.go(`/${language}${path}`);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 900 });
          await good(page, `${language}${path} at ${width}`);
        }
        const name = path.replace(/[^a-z]+/g, '-');
        await shot(page, `narrow-${language}${name}`);
      }
    }
  });
}

test('pages that answer a form, and items of every kind, are accessible', async () => {
  const page = await signedIn('Siân Powell', '/en/check', SCRIPTED);
  await page.locator('#nhs').fill('9990011044');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await good(page, `checked at ${width}`);
  }
  await page.go('/en/report/incident');
  await page.getByRole('button', { name: 'Look at who will see what' }).click();
  await good(page, 'a form with faults');
  for (const kind of ['incident', 'hazard_alert', 'escalation', 'meeting', 'safety_plan', 'contact', 'engagement_needs', 'advocacy',
    'change_claimed', 'strength', 'step', 'correction', 'involvement']) {
    await page.go(`/en/items?kind=${kind}`);
    const first = page.locator('tbody a').first();
    if (await first.count() === 0) continue;
    await first.click();
    await good(page, `an item: ${kind}`);
  }
  await page.go('/en/meetings');
  await page.locator('#chaired + ul a').first().click();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await good(page, `a meeting at ${width}`);
  }
});

test('pages for nobody are accessible', async () => {
  const page = await visitor(SCRIPTED);
  for (const path of ['/en/sign-in', '/cy/sign-in', '/en/signed-out', '/cy/signed-out']) {
    await page.go(path);
    await good(page, path);
  }
});
