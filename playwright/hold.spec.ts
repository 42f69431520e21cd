import { OfficePage } from './office-page.ts';
import { expect, test } from './test.ts';

test('pressing hold on a phone lights its lamp on the wall and in the panel, resume darkens both', async ({
  office,
}) => {
  await office.call('1001', '1002');
  await office.phone('1001').presses('hold');
  for (const party of ['1001', '1002']) {
    await office.phone(party).showsLamp('held');
    await office.panelShowsLamp(party, 'held');
  }
  await office.phone('1001').presses('resume');
  for (const party of ['1001', '1002']) {
    await office.phone(party).showsLamp('up');
    await office.panelShowsLamp(party, 'up');
  }
  await office.phone('1002').presses('hang-up');
  for (const party of ['1001', '1002']) {
    await office.phone(party).showsLamp('idle');
    await office.panelShowsLamp(party, 'idle');
  }
});

test('events reach the page in the order of the PBX, none missing', async ({ office, page }) => {
  await page.evaluate(() => {
    const seen: { name: string; seq: number }[] = [];
    Object.assign(window, { seenEvents: seen });
    window.__asterclick?.client.on('*', ({ name, seq }) => seen.push({ name, seq }));
  });
  await office.call('1003', '1004');
  await office.phone('1004').presses('hold');
  await office.panelShowsLamp('1003', 'held');
  await office.phone('1004').presses('resume');
  await office.panelShowsLamp('1003', 'up');
  await office.phone('1003').presses('hang-up');
  await office.panelShowsLamp('1003', 'idle');
  await office.panelShowsLamp('1004', 'idle');
  const events = await page.evaluate(
    () => (window as unknown as { seenEvents: { name: string; seq: number }[] }).seenEvents,
  );
  const order = ['DialBegin', 'DialEnd', 'BridgeEnter', 'Hold', 'Unhold', 'BridgeLeave', 'Hangup'];
  expect(
    events.map(({ name }) => name).filter((name, at, all) => order.includes(name) && all.indexOf(name) === at),
  ).toEqual(order);
  const first = events[0]?.seq ?? 0;
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => first + at));
});

test('a second browser sees the same, also what was before it came', async ({ office, demo, browser }) => {
  await office.call('1001', '1002');
  await office.phone('1002').presses('hold');
  await office.panelShowsLamp('1001', 'held');
  const context = await browser.newContext();
  const other = new OfficePage(await context.newPage());
  await other.open(demo.url);
  await other.panelShowsLamp('1001', 'held');
  await other.phone('1001').showsLamp('held');
  await other.phone('1002').presses('resume');
  for (const page of [office, other]) {
    await page.panelShowsLamp('1001', 'up');
    await page.phone('1002').showsLamp('up');
  }
  await context.close();
});

test('a restart of the PBX is shown, and the panel recovers by itself', async ({ office }) => {
  await office.call('1001', '1002');
  await office.restartsPbx();
  await office.showsPbx('down');
  await office.showsPbx('up');
  for (const party of ['1001', '1002']) await office.panelShowsLamp(party, 'idle');
  await office.call('1002', '1001');
  await office.phone('1002').presses('hold');
  await office.panelShowsLamp('1001', 'held');
});
