import { test as base } from '@playwright/test';
import { OfficePage } from './office-page.ts';
import { test } from './test.ts';

test('the same page with ?offline needs no server but for its files: hold lights both lamps', async ({
  demo,
  page,
}) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const office = new OfficePage(page);
  await office.open(`${demo.url}?offline`);
  await office.call('1001', '1002');
  await office.phone('1001').presses('hold');
  for (const party of ['1001', '1002']) {
    await office.phone(party).showsLamp('held');
    await office.panelShowsLamp(party, 'held');
  }
  await office.phone('1001').presses('resume');
  for (const party of ['1001', '1002']) await office.panelShowsLamp(party, 'up');
  base.expect(sockets).toEqual([]);
});
