// Foreign, expired and swapped sessions, cross-site requests, open redirects, injected headers and HTML: refused.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { close, origin, signedIn, until, visitor } from './console.mjs';

after(close);

const COOKIE = '__Host-diogel';

async function session(page) {
  const all = await page.context().cookies();
  return all.find(cookie => cookie.name === COOKIE);
}

test('a session is a cookie that no script, no other site and no plain connection gets', async () => {
  const page = await signedIn('Siân Powell');
  const cookie = await session(page);
  assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Lax' && cookie.path === '/');
  assert.ok(!cookie.domain.startsWith('.'));
});

test('a session that was planted before the sign-in is not the one after it', async () => {
  const attacker = await signedIn('Anwen Hopkin');
  const planted = await session(attacker);
  const victim = await fetch(`${origin}/en/sign-in`, {
    method: 'POST', redirect: 'manual', body: 'person=0',
    headers: { cookie: `${COOKIE}=${planted.value}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(victim.status, 303);
  const given = victim.headers.get('set-cookie');
  assert.match(given, new RegExp(`^${COOKIE}=`));
  assert.ok(!given.includes(planted.value));
  await attacker.go('/en/');
  assert.ok(!(await attacker.locator('header').innerText()).includes('Siân Powell'));
});

test('a session that was signed out, made up or of nobody opens nothing', async () => {
  const page = await signedIn('Siân Powell');
  const { value } = await session(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  for (const given of [value, 'AAAAAAAAAAAAAAAAAAAAAA', '', '"', 'a'.repeat(5000)]) {
    const answer = await fetch(`${origin}/en/items`, { headers: { cookie: `${COOKIE}=${given}` }, redirect: 'manual' });
    assert.equal(answer.status, 303, given.slice(0, 30));
    assert.match(answer.headers.get('location'), /^\/en\/sign-in\?/);
  }
});

test('another site can send no form with somebody’s session', async () => {
  const page = await signedIn('Siân Powell');
  const { value } = await session(page);
  for (const path of ['/en/sign-out', '/en/purpose', '/en/check', '/en/report/incident', '/en/sign-in']) {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${origin}.evil.example` },
    ]) {
      const answer = await fetch(origin + path, {
        method: 'POST', redirect: 'manual', body: 'person=0',
        headers: { ...headers, cookie: `${COOKIE}=${value}`, 'content-type': 'application/x-www-form-urlencoded' },
      });
      assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
    }
  }
  await page.go('/en/');
  assert.match(await page.locator('header').innerText(), /Siân Powell/);
});

test('a sign-in leads nowhere but to this console', async () => {
  for (const to of ['https://evil.example/', '//evil.example/en/', '/\\evil.example', '/en/\\\\evil.example', 'javascript:alert(1)',
    '/en/%0d%0aSet-Cookie:x=1', '/en/\r\nLocation: https://evil.example']) {
    const page = await visitor();
    await page.go(`/en/sign-in?to=${encodeURIComponent(to)}`);
    await page.getByRole('button', { name: 'Siân Powell' }).click();
    assert.ok(page.url().startsWith(`${origin}/en/`), `${to}: ${page.url()}`);
    assert.equal((await page.context().cookies()).length, 1);
  }
});

test('every answer carries the headers, those that refuse too', async () => {
  for (const path of ['/en/sign-in', '/en/', '/nowhere', '/fr/', '/assets/none.css', '/livez', '/readyz', '/en/items/%00']) {
    const answer = await fetch(origin + path, { redirect: 'manual' });
    const policy = answer.headers.get('content-security-policy');
    assert.match(policy, /^default-src 'none';/, path);
    assert.ok(!/unsafe|\*|script-src/.test(policy), 'no script at all');
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('cache-control'), 'no-store', path);
  }
});

test('what people wrote stays text, wherever it shows', async () => {
  const hostile = `"><script>document.title='x'</script><img src=x onerror=alert(1)>{{7*7}}</textarea>\u202Eevil`;
  const page = await signedIn('Lowri Sayce', '/en/report/incident', { javaScriptEnabled: true });
  const refused = [];
  page.on('console', message => refused.push(message.text()));
  page.on('dialog', () => assert.fail('a dialog'));
  await page.locator('#occurred-day').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await page.getByLabel('Shouting').check();
  await page.getByLabel('no harm').check();
  await page.locator('#nhs').fill('9990013381');
  await page.locator('#name').fill('<b>Dean</b> Pryce-Hollow');
  await page.locator('#what').fill(hostile);
  await page.locator('#standing').check();
  await page.getByRole('button', { name: 'Look at who will see what' }).click();
  await page.getByRole('button', { name: 'Change it' }).click();
  assert.ok((await page.locator('#what').inputValue()).includes('</textarea>'));
  await page.getByRole('button', { name: 'Look at who will see what' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const event = await page.locator('.diogel-id').last().innerText();
  await until('it shows', async () => {
    await page.go(`/en/items/${event}`);
    return (await page.locator('main').innerText()).includes('<img src=x');
  });
  assert.equal(await page.locator('main script, main img, main b').count(), 0);
  assert.match(await page.title(), /Incident/);
  assert.deepEqual(refused.filter(text => /Content Security Policy/.test(text)), []);
});

test('what is no form, no page or no number is refused without a fault', async () => {
  const page = await signedIn('Siân Powell');
  const { value } = await session(page);
  const headers = { cookie: `${COOKIE}=${value}`, 'sec-fetch-site': 'same-origin' };
  for (const [path, body, kind] of [
    ['/en/check', '{', 'application/json'],
    ['/en/check/noted', 'checked-at=x.y', 'application/x-www-form-urlencoded'],
    ['/en/report/other', 'a=b', 'application/x-www-form-urlencoded'],
    ['/en/items/x/take/approved', 'words=a', 'application/x-www-form-urlencoded'],
    ['/en/report/incident', 'what=' + 'a'.repeat(300_000), 'application/x-www-form-urlencoded'],
  ]) {
    const answer = await fetch(origin + path, { method: 'POST', body, headers: { ...headers, 'content-type': kind }, redirect: 'manual' });
    assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
  }
  for (const path of ['/en/items?kind=%27', '/en/items?from=zzz', '/en/meetings/x', '/en/governance', '/en/items/' + 'a'.repeat(2000)]) {
    const answer = await fetch(origin + path, { headers, redirect: 'manual' });
    assert.ok(answer.status < 500, `${path}: ${answer.status}`);
  }
});
