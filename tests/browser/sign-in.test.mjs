// Sign-in at a real provider, with services as processes behind it that verify each person's token themselves.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { close, open, until } from './console.mjs';
import { start } from './provider.mjs';

const bin = process.env.TEST_BIN;
const folder = mkdtempSync(join(tmpdir(), 'diogel-'));
const hub = join(folder, 'hub');
const AUDIENCE = 'diogel:cwm-derwen';
const running = [];
let origin, provider;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise(closed => server.close(closed));
  return port;
}

function run(name, args, ready) {
  const child = spawn(join(bin, name), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = chunk => {
      said += chunk;
      if (said.includes(ready)) resolve(said);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', code => reject(new Error(`${name} ended with ${code}: ${said}`)));
  });
}

before(async () => {
  execFileSync(join(bin, 'diogel'), ['init', '--hub', hub, '--board', 'cwm-derwen'], { stdio: 'ignore' });
  execFileSync(join(bin, 'diogel'), ['config', '--hub', hub, '--nats', 'tls://127.0.0.1:4222'], { stdio: 'ignore' });
  const config = readFileSync(join(hub, 'config/console.toml'), 'utf8');
  origin = config.match(/^origin = "(.*)"$/m)[1];
  const port = await freePort();
  const [key, cert] = ['provider.key', 'provider.pem'].map(name => join(hub, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  provider = await start({
    port, key, cert, boardCa: join(hub, 'pki/ca.pem'), console: origin, audience: AUDIENCE,
    client: 'diogel://cwm-derwen/console/console/main',
  });
  writeFileSync(join(hub, 'people.toml'), `
issuer = "${provider.issuer}"
audience = "${AUDIENCE}"
keys = "${provider.issuer}/jwks"
ca = "provider.pem"

[claims]
agency = "agency"
roles = "roles"

[agencies]
"Heddlu Gwent Ganol" = "police"
"Cwm Derwen Council" = "social-care"

[roles]
gwg-practitioners = ["practitioner"]
cdc-chairs = ["chair"]
`);
  await run('diogel', ['up', '--hub', hub], 'ready');
  await run('diogel-console', [join(hub, 'config/console.toml')], 'listening');
});

after(async () => {
  await close();
  for (const child of running) {
    child.removeAllListeners('exit');
    if (child.exitCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  provider?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function visitor() {
  const context = await (await open()).newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

async function signIn(page, account, path) {
  await page.goto(origin + path);
  await page.locator('input[name=login]').fill(account);
  await page.locator('input[name=password]').fill('invented');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('somebody signs in at the provider, acts as themselves, has the token renewed, and signs out at both', async () => {
  const page = await visitor();
  await signIn(page, 'ffion', '/en/check');
  await page.waitForURL(`${origin}/en/check`);
  assert.match(await page.locator('header').innerText(), /Ffion Mathias/);
  // Just started, agencies are heard within seconds.
  await until('the hub answers', async () => {
    await page.goto(`${origin}/en/check`);
    await page.locator('#nhs').fill('9990011044');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    return (await page.locator('main').innerText()).includes('No alert known to you');
  });
  assert.equal(provider.seen.authorized, 1);
  await new Promise(later => setTimeout(later, 4_000));
  await page.goto(`${origin}/cy/items`);
  assert.equal(new URL(page.url()).pathname, '/cy/items');
  assert.ok(provider.seen.refreshed >= 1, 'the token was renewed before it ended');
  // Not in that role here.
  await page.goto(`${origin}/en/meetings`);
  await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /yes|sign me out/i }).click();
  await page.waitForURL(`${origin}/en/signed-out`);
  await page.goto(`${origin}/en/items`);
  assert.ok(page.url().startsWith(provider.issuer), 'signed out at the provider, too');
});

test('whoever the provider knows and the hub does not is nobody', async () => {
  const page = await visitor();
  await signIn(page, 'nobody', '/en/items');
  await page.getByRole('heading', { name: "You aren't signed in" }).waitFor();
  await page.goto(`${origin}/en/items`);
  await page.getByRole('heading', { name: "You aren't signed in" }).waitFor();
});

test('an answer that this session did not ask for signs nobody in', async () => {
  const begun = await fetch(`${origin}/en/sign-in`, { redirect: 'manual' });
  const asked = new URL(begun.headers.get('location'));
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256');
  assert.ok(asked.searchParams.get('nonce') && asked.searchParams.get('state'));
  assert.equal(asked.searchParams.get('resource'), AUDIENCE);
  const cookie = begun.headers.get('set-cookie').split(';')[0];
  const state = asked.searchParams.get('state');
  for (const [query, headers] of [
    [`code=x&state=${state}`, {}],
    ['code=x&state=other', { cookie }],
    ['code=x', { cookie }],
    [`state=${state}&error=access_denied`, { cookie }],
    [`code=x&state=${state}`, { cookie }],
  ]) {
    const answer = await fetch(`${origin}/sign-in/answer?${query}`, { headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    assert.equal(answer.status, 401, query);
  }
});

test('an access token of the provider for another certificate opens no service', async () => {
  // The board's own systems have certificates of the same authority: they get no token in the console's name.
  const at = name => join(hub, 'pki', name);
  const system = 'certs/police-system-case.pem';
  // The provider runs in this process: it must be free to answer.
  const { stdout: answer } = await promisify(execFile)('curl', ['-sS', '--max-time', '20', '--cacert', join(hub, 'provider.pem'), '--cert', at(system), '--key', at(system.replace(/\.pem$/, '.key')),
    '-d', 'grant_type=refresh_token&client_id=diogel-console&refresh_token=x', `${provider.issuer}/token`], { encoding: 'utf8' });
  assert.match(answer, /invalid_client/);
});
