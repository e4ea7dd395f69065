// What people do, from end to end, without JavaScript.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { close, signedIn, shot, until, visitor, origin } from './console.mjs';

after(close);

const MALI = '9990011044';
const HOME = '10099000001';

async function check(page, language = 'en') {
  await page.go(`/${language}/check`);
  await page.locator('#nhs').fill('999 001 1044');
  await page.locator('#uprn').fill(HOME);
  await page.locator('form[action$="/check"] button[type=submit]').click();
}

test('a practitioner checks before a visit, in either language, and takes note', async () => {
  const page = await signedIn('Anwen Hopkin', '/en/check');
  await check(page);
  await page.getByRole('heading', { name: 'What is known to you' }).waitFor();
  assert.match(await page.locator('main').innerText(), /Visit in pairs/);
  assert.ok(!page.url().includes(MALI), 'no identifier stands in an address');
  const findings = await page.locator('section.diogel-card').count();
  assert.ok(findings > 0);
  await page.getByRole('button', { name: 'Cymraeg' }).click();
  assert.match(await page.locator('main').innerText(), /Ymweld mewn parau|Ymweld/);
  assert.equal(await page.locator('section.diogel-card').count(), findings, 'Welsh shows no less');
  assert.equal(await page.locator('html').getAttribute('lang'), 'cy');
  await shot(page, 'checked-cy');
  await page.getByRole('button', { name: 'Rwyf wedi cymryd sylw' }).click();
  await page.getByRole('heading', { name: "Wedi'i gofnodi" }).waitFor();
});

test('a check without an identifier, or with a wrong one, says what to mend and where', async () => {
  const page = await signedIn('Anwen Hopkin', '/en/check');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('link', { name: 'Give at least one identifier' }).waitFor();
  await page.locator('#nhs').fill('9990011045');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  assert.equal(await page.locator('#nhs').getAttribute('class'), 'govuk-input govuk-input--width-20 govuk-input--error');
  assert.equal(await page.locator('#nhs').inputValue(), '9990011045', 'what was filled in stays');
});

async function report(page, words, danger = true) {
  await page.go('/en/report/incident');
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await page.locator('#occurred-day').fill(yesterday);
  await page.locator('#occurred-time').fill('14:05');
  await page.getByLabel('Shouting').check();
  await page.getByLabel('Physical assault').check();
  await page.getByLabel('no harm').check();
  if (danger) {
    await page.getByLabel('Whoever goes there next').check();
    await page.getByLabel('Visit in pairs').check();
  }
  await page.locator('#nhs').fill('9990013381');
  await page.locator('#name').fill('Dean Pryce-Hollow');
  await page.locator('#what').fill(words);
  await page.getByLabel('fact', { exact: true }).check();
  await page.getByRole('button', { name: 'Look at who will see what' }).click();
  await page.getByRole('heading', { name: 'Before you send it' }).waitFor();
}

async function send(page) {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('heading', { name: 'Accepted' }).waitFor();
  return page.locator('.diogel-id').last().innerText();
}

test('an incident goes from the form to another agency, an alert rests on it, and a second person approves it', async () => {
  const marc = await signedIn('Lowri Sayce', '/en/report');
  await report(marc, 'He came down the path and shouted.');
  await shot(marc, 'preview');
  // What the board has configured: whoever visits.
  assert.match(await marc.locator('table').innerText(), /Heddlu Gwent Ganol/);
  await marc.getByRole('button', { name: 'Change it' }).click();
  assert.equal(await marc.locator('#what').inputValue(), 'He came down the path and shouted.');
  assert.ok(await marc.getByLabel('Physical assault').isChecked(), 'nothing is lost on the way back');
  await marc.getByRole('button', { name: 'Look at who will see what' }).click();
  const event = await send(marc);
  assert.match(await marc.locator('main').innerText(), /no 999 call/);
  await shot(marc, 'receipt');
  // Sent again, nothing is taken twice.
  await marc.reload();
  assert.match(await marc.locator('main').innerText(), /sent before/);

  const police = await signedIn('Ffion Mathias', '/en/');
  await until('the police see it', async () => {
    await police.go(`/en/items/${event}`);
    return (await police.locator('main').innerText()).includes('Physical assault');
  });
  assert.ok(!(await police.locator('main').innerText()).includes('down the path'), 'the story was not granted');

  await marc.go(`/en/items/${event}`);
  await marc.getByRole('link', { name: 'Propose an alert that rests on it' }).click();
  await marc.getByLabel('person: Dean Pryce-Hollow').check();
  await marc.getByLabel('Visit in pairs').check();
  await marc.getByLabel('severe').check();
  await marc.getByLabel('immediate').check();
  await marc.getByLabel('observed').check();
  await marc.locator('#grounds').fill('He was set on the worker at the gate.');
  await marc.getByRole('button', { name: 'Look at who will see what' }).click();
  const alert = await send(marc);
  await until('it waits for approval', async () => {
    await marc.go('/en/approvals');
    return await marc.locator(`a[href$="${alert}"]`).count() > 0;
  });
  // Her own proposal she can't approve.
  await marc.go(`/en/items/${alert}/take/approved`);
  await marc.locator('#not-told').fill('He would know who reported.');
  await marc.getByRole('button', { name: 'Take this step' }).click();
  assert.match(await marc.locator('.govuk-error-summary').innerText(), /on_behalf_of|somebody else|different/i);
});

test('a disagreement is escalated, answered and resolved, and nobody but its parties and the Board sees it', async () => {
  const health = await signedIn('Anwen Hopkin', '/en/report/escalation');
  await health.getByLabel('thresholds', { exact: false }).first().check();
  await health.getByLabel('Cwm Derwen Council – Children and Adult Services').check();
  await health.locator('#disagreement').fill('We hold that the threshold is met; they do not.');
  await health.locator('#nhs').fill(MALI);
  await health.getByRole('button', { name: 'Look at who will see what' }).click();
  await health.getByRole('heading', { name: 'Before you send it' }).waitFor();
  const event = await send(health);
  const care = await signedIn('Siân Powell', '/en/');
  await until('social care sees it', async () => {
    await care.go(`/en/items/${event}`);
    return (await care.locator('main').innerText()).includes('threshold is met');
  });
  await care.getByRole('link', { name: 'response', exact: true }).click();
  await care.locator('#words').fill('We have weighed it again, and agree.');
  await care.locator('#role').fill('Team manager');
  await care.getByRole('button', { name: 'Take this step' }).click();
  await care.getByRole('heading', { name: 'Step taken in' }).waitFor();
  await until('the answer shows', async () => {
    await health.go(`/en/items/${event}`);
    return (await health.locator('main').innerText()).includes('Steps taken');
  });
  await health.go(`/en/items/${event}/take/resolved`);
  await health.getByLabel('agreed', { exact: true }).check();
  await health.locator('#words').fill('Agreed at the first stage.');
  await health.locator('#role').fill('Named nurse');
  await health.getByRole('button', { name: 'Take this step' }).click();
  await health.getByRole('heading', { name: 'Step taken in' }).waitFor();
  await until('the register has it among those that are over', async () => {
    await health.go('/en/escalations?all=1');
    const row = health.locator('tr', { has: health.locator(`a[href$="${event}"]`) });
    return (await row.innerText()).includes('agreed');
  });
  const board = await signedIn('Rhodri Vaughan', `/en/items/${event}`);
  assert.match(await board.locator('main').innerText(), /threshold is met/);
  const police = await signedIn('Ffion Mathias', `/en/items/${event}`);
  await police.getByRole('heading', { name: 'Not found' }).waitFor();
  const nowhere = await signedIn('Ffion Mathias', '/en/items/01a22bad-0000-7000-8000-000000000000');
  const text = async page => (await page.locator('main').innerHTML());
  assert.equal(await text(police), await text(nowhere), 'hidden and missing read alike');
});

test('a chair reads the summary in its three renderings, and notes that exclusion was considered', async () => {
  const page = await signedIn('Siân Powell', '/en/meetings');
  await page.locator('#chaired + ul a').first().click();
  await page.getByRole('heading', { name: 'For the chair alone' }).waitFor();
  assert.match(await page.locator('#chair').innerText(), /NEVER READ OUT/);
  assert.match(await page.locator('#table').innerText(), /ONLY WITHOUT THE FAMILY/);
  await page.getByText('Who of the family attends').click();
  await page.locator('#family-1-name').fill('Ceri Rees');
  await page.locator('#family-1-nhs').fill('9990012172');
  await page.getByRole('button', { name: 'Show their page' }).click();
  assert.match(await page.locator('#family').innerText(), /MAY BE READ OUT TO THEM/);
  assert.ok(!page.url().includes('9990012172'));
  const family = await page.locator('#family').innerText();
  for (const never of ['CHAIR ONLY', 'NOT FOR THE ROOM', 'refuge']) assert.ok(!family.includes(never), never);
  await shot(page, 'meeting');
  await page.emulateMedia({ media: 'print' });
  await shot(page, 'meeting-print');
  assert.equal(await page.locator('nav').isVisible(), false);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Note that excluding' }).click();
  await page.locator('#who').fill('Her partner');
  await page.locator('#ground').check();
  await page.locator('#extent').check();
  await page.locator('#views').fill('By letter, through his advocate');
  await page.locator('#reason').fill('Considered; not needed while he writes.');
  await page.getByRole('button', { name: 'Take this step' }).click();
  await page.getByRole('heading', { name: 'Step taken in' }).waitFor();
});

test('what is new since a day is marked', async () => {
  const page = await signedIn('Siân Powell', '/en/meetings');
  await page.locator('#chaired + ul a').first().click();
  await page.locator('#since').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  assert.ok(await page.locator('#chair .diogel-mark', { hasText: 'NEW' }).count() > 0);
});

test('governance sees who looked, as whom, and why', async () => {
  const looked = await signedIn('Siân Powell', '/en/');
  await looked.locator('#purpose-code').selectOption({ label: 'Protection of a child' });
  await looked.getByRole('button', { name: 'Set the purpose' }).click();
  await looked.go('/en/items');
  const page = await signedIn('Owain Ellis', '/en/governance/accesses');
  const table = await page.locator('table').innerText();
  assert.match(table, /Siân Powell/);
  assert.match(table, /Protection of a child/);
  await shot(page, 'accesses');
  const board = await signedIn('Rhodri Vaughan', '/en/governance/not-let-in');
  await board.getByRole('heading', { name: "Who wasn't let in" }).waitFor();
});

test('an analyst opens no item, an operator nothing of content, and each is told so', async () => {
  for (const name of ['Nia Prosser', 'Beca Jenkins']) {
    const page = await signedIn(name);
    for (const path of ['/en/check', '/en/items', '/en/meetings', '/en/governance', '/en/report/incident', '/en/items/x']) {
      await page.go(path);
      await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
    }
  }
});

test('an analyst reads a table that says what it hides, and a link or a download has the same', async () => {
  const page = await signedIn('Nia Prosser', '/en/indicators');
  await page.locator('#table').selectOption('incidents-threat');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('heading', { name: /Incidents by form of threat/ }).waitFor();
  assert.match(page.url(), /table=incidents-threat&period=\d{4}-Q\d$/);
  const rows = await page.locator('tbody tr').evaluateAll(all => all.map(row => [...row.cells].map(cell => cell.textContent.trim())));
  const figures = rows.map(row => row[1]);
  assert.ok(figures.includes('*'), 'something small is hidden');
  assert.ok(figures.every(figure => figure === '*' || Number(figure) % 5 === 0 && Number(figure) >= 5), figures.join());
  assert.match(await page.locator('main').innerText(), /An exercise/);
  await shot(page, 'indicators');
  const again = await signedIn('Nia Prosser', new URL(page.url()).pathname);
  await again.goto(page.url());
  assert.equal(await again.locator('table').innerText(), await page.locator('table').innerText());
  const cookie = (await page.context().cookies()).map(one => `${one.name}=${one.value}`).join('; ');
  const get = async name => fetch(origin + await page.getByRole('link', { name, exact: true }).getAttribute('href'), { headers: { cookie } });
  const csv = await (await get('CSV')).text();
  const lines = csv.trim().split(/\r?\n/);
  assert.equal(lines.length, rows.length + 1);
  for (const row of rows) assert.ok(lines.some(line => line.includes(row[0].split(',')[0]) && line.includes(`,${row[1]},`)), row.join());
  const xlsx = Buffer.from(await (await get('XLSX')).arrayBuffer());
  assert.equal(xlsx.subarray(0, 2).toString(), 'PK');
  // A table that isn't of the closed list, or a period that is none.
  for (const query of ['table=incidents-name&period=2026-Q4', 'table=incidents-threat&period=2026-Q5', 'table=..&period=..']) {
    const answer = await fetch(`${origin}/en/indicators?${query}`, { headers: { cookie } });
    assert.equal(answer.status, 400, query);
  }
});

test('the whole check goes by keyboard alone', async () => {
  const page = await signedIn('Anwen Hopkin', '/en/check', { javaScriptEnabled: true });
  await page.bringToFront();
  // A key that comes before the window has the focus goes nowhere.
  await page.waitForFunction(() => document.hasFocus());
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  for (let tabs = 0; tabs < 30; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.id === 'nhs')) break;
  }
  await page.keyboard.type(MALI);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What is known to you' }).waitFor();
});

test('a visitor is asked to sign in, and comes to where they wanted', async () => {
  const page = await visitor();
  await page.go('/cy/escalations?all=1');
  assert.equal(new URL(page.url()).pathname, '/cy/sign-in');
  await page.getByRole('button', { name: 'Siân Powell' }).click();
  assert.equal(page.url(), `${origin}/cy/escalations?all=1`);
  await page.getByRole('button', { name: 'Allgofnodi' }).click();
  await page.getByRole('heading', { name: 'Rydych wedi allgofnodi' }).waitFor();
  await page.go('/cy/items');
  assert.equal(new URL(page.url()).pathname, '/cy/sign-in');
});

test('a chair asks an agency in writing, it answers, and the summary shows both; then the meeting is closed', async () => {
  const care = await signedIn('Siân Powell', '/en/meetings');
  await care.locator('#chaired + ul a').first().click();
  const meeting = care.url().split('/').pop();
  await care.getByRole('link', { name: 'Ask agencies for information' }).click();
  await care.getByRole('button', { name: 'Look at who will see what' }).click();
  assert.match(await care.locator('.govuk-error-summary').innerText(), /Choose at least one agency[\s\S]*Say what you need[\s\S]*Say by when/);
  await care.getByLabel('Probation Service', { exact: false }).check();
  await care.locator('#what').fill('Does he keep his appointments, and who is seen with him?');
  await care.locator('#by').fill(new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10));
  await care.getByRole('button', { name: 'Look at who will see what' }).click();
  await care.getByRole('heading', { name: 'Before you send it' }).waitFor();
  await shot(care, 'request-preview');
  const request = await send(care);
  await until('the summary shows that it was asked', async () => {
    await care.go(`/en/meetings/${meeting}`);
    return /asked on .* to answer by .*; no answer known to you/.test(await care.locator('#chair').innerText());
  });

  const probation = await signedIn('Idris Vale');
  assert.match(await probation.locator('#waiting + ul').innerText(), /Does he keep his appointments/);
  await probation.go(`/en/items/${request}`);
  await probation.getByRole('link', { name: 'nothing held', exact: true }).click();
  await probation.locator('#words').fill('We looked through every file, and hold nothing.');
  await probation.locator('#role').fill('Records officer');
  await probation.getByRole('button', { name: 'Take this step' }).click();
  await probation.getByRole('heading', { name: 'Step taken in' }).waitFor();
  await until('the summary shows the answer', async () => {
    await care.go(`/en/meetings/${meeting}`);
    return /nothing held/.test(await care.locator('#chair').innerText());
  });
  await probation.go('/en/');
  assert.equal(await probation.locator('#waiting').count(), 0, 'nothing waits any more');
  // Nobody else is told, not even of what was asked.
  const police = await signedIn('Ffion Mathias', `/en/items/${request}`);
  await police.getByRole('heading', { name: 'Not found' }).waitFor();

  await care.getByRole('link', { name: 'Close the meeting' }).click();
  await care.locator('#enough').check();
  await care.locator('#effective-2').check();
  await care.getByRole('button', { name: 'Take this step' }).click();
  assert.match(await care.locator('.govuk-error-summary').innerText(), /next/, 'an answer that is no needs what follows');
  await care.locator('#next').check();
  await care.locator('#owner').selectOption({ index: 0 });
  await care.locator('#next-by').fill(new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10));
  await care.locator('#decided').fill('The plan is to be written anew.');
  await shot(care, 'closing');
  await care.getByRole('button', { name: 'Take this step' }).click();
  await care.getByRole('heading', { name: 'Step taken in' }).waitFor();
});

test('the Board asks under section 137, which nobody else can', async () => {
  const board = await signedIn('Rhodri Vaughan', '/en/report/request');
  assert.ok(await board.getByLabel("the Safeguarding Board's power, section 137 of the 2014 Act").isChecked());
  await board.getByLabel('Heddlu Gwent Ganol', { exact: false }).check();
  await board.locator('#what').fill('How many workers were warned before a visit this year?');
  await board.locator('#by').fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await board.getByRole('button', { name: 'Look at who will see what' }).click();
  const request = await send(board);
  const police = await signedIn('Ffion Mathias', '/en/');
  await until('the police see it', async () => {
    await police.go(`/en/items/${request}`);
    return (await police.locator('main').innerText()).includes('section 137');
  });
  await police.go('/en/report/request');
  assert.equal(await police.locator('#power').count(), 0);
});

test('what is new since one looked last is marked, by the browser alone', async () => {
  const page = await signedIn('Siân Powell', '/en/meetings');
  await page.locator('#chaired + ul a').first().click();
  await page.getByText('You look here for the first time').waitFor();
  const cookies = await page.context().cookies();
  const looked = cookies.find(one => one.name === '__Host-diogel-looked');
  assert.ok(looked.httpOnly && looked.secure, 'kept from scripts, and sent over TLS alone');
  // As if that had been yesterday.
  const [of] = looked.value.split('-');
  const yesterday = Math.floor(Date.now() / 1000) - 86_400;
  await page.context().addCookies([{ ...looked, value: `${of}-0-${yesterday}` }]);
  await page.reload();
  await page.getByText('since you last looked here').waitFor();
  assert.ok(await page.locator('#chair .diogel-mark', { hasText: 'NEW' }).count() > 0);
});

test('the operator sees each chain, what waits and what ends; an agency officer sees no status page', async () => {
  const page = await signedIn('Beca Jenkins', '/en/operations');
  const table = page.locator('table');
  await until('every agency is heard', async () => {
    await page.go('/en/operations');
    return !(await table.innerText()).includes('not heard since');
  });
  assert.match(await table.innerText(), /Heddlu Gwent Ganol[\s\S]*complete/);
  assert.match(await page.locator('main').innerText(), /Certificate of the projection/);
  await shot(page, 'operations');
  const officer = await signedIn('Owain Ellis', '/en/');
  await officer.go('/en/operations');
  await officer.getByRole('heading', { name: 'Not for your role' }).waitFor();
});

test('governance sees the protocols, tries another version, and works off a subject access request', async () => {
  const page = await signedIn('Owain Ellis', '/en/governance/protocols');
  const table = page.locator('table').last();
  assert.match(await table.innerText(), /CD-01 v1/);
  assert.match(await table.innerText(), /All parties, the last on \d+ /);
  const { readFile } = await import('node:fs/promises');
  const file = await readFile(new URL('../../deploy/protocols/cd-01-safety-and-protection.toml', import.meta.url), 'utf8');
  await page.locator('#file').fill(file);
  await page.getByRole('button', { name: 'Try it' }).click();
  assert.match(await page.locator('.govuk-error-summary').innerText(), /no new version/);
  await page.locator('#file').fill(file.replace(/^version = 1$/m, 'version = 2').replaceAll('"narrative", ', ''));
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('heading', { name: 'What it would widen and narrow' }).waitFor();
  const tried = await page.locator('table').first().innerText();
  assert.match(tried, /Incident[\s\S]*[1-9]/);
  await shot(page, 'protocol-tried');
  // It was tried, and nothing of it stayed.
  await page.go('/en/governance/protocols');
  assert.ok(!(await page.locator('main').innerText()).includes('CD-01 v2'));
  await page.locator('#file').fill('this is no protocol');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('The file has mistakes').waitFor();

  await page.go('/en/governance/subject-access');
  await page.locator('#nhs').fill(MALI);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const list = await page.locator('main').innerText();
  assert.match(list, /ask the originator/i);
  assert.match(list, /DPA 2018/);
  assert.ok(!page.url().includes(MALI));
  await shot(page, 'subject-access');

  await page.getByRole('link', { name: /Ask the originator/ }).first().click();
  await page.getByRole('heading', { name: 'Ask agencies for information' }).waitFor();
  assert.equal(await page.locator('input[name=asked]:checked').count(), 1, 'the originator is ticked');

  await page.go('/en/chronology');
  await page.locator('#nhs').fill(MALI);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('heading', { name: 'Chronology of a person' }).waitFor();
  assert.match(await page.locator('main').innerText(), /OFFICIAL-SENSITIVE/);
  await shot(page, 'chronology');
});

test('the annual report has every heading of the regulations, and says which are for the Board to write', async () => {
  const page = await signedIn('Nia Prosser', '/en/indicators');
  await page.getByRole('link', { name: 'Draft of the annual report' }).click();
  const headings = await page.locator('h2').allInnerTexts();
  assert.deepEqual(headings.map(one => one.slice(0, 3)).filter(one => /^\([a-m]\)$/.test(one)).length, 13);
  assert.match(await page.locator('main').innerText(), /for the Board to write/);
  await shot(page, 'annual');
  await page.go('/en/indicators?table=alerts-standing');
  assert.match(await page.locator('main').innerText(), /Stood at the end of the period/);
  await page.go('/en/indicators?table=contacts');
  assert.match(await page.locator('main').innerText(), /Reports for each hundred contacts/);
  const cookie = (await page.context().cookies()).map(one => `${one.name}=${one.value}`).join('; ');
  const link = await page.getByRole('link', { name: 'Parquet', exact: true }).getAttribute('href');
  const file = Buffer.from(await (await fetch(origin + link, { headers: { cookie } })).arrayBuffer());
  assert.equal(file.subarray(0, 4).toString(), 'PAR1');
});
