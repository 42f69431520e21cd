import AsteriskManager from 'asterisk-manager';
import { usePbx } from 'net-mock-ami/vitest';
import { expect, test } from 'vitest';

const pbx = usePbx({ speed: 20 });

/** The program under test: calls a customer from somebody's desk. */
function clickToCall(ami, desk, customer) {
  ami.action({
    action: 'Originate',
    channel: `PJSIP/${desk}`,
    context: 'phones',
    exten: customer,
    priority: 1,
    async: 'true',
  });
}

test('click to call rings the desk first, then the customer', async () => {
  const ami = new AsteriskManager(pbx().port, pbx().host, 'admin', 'adminpw', true);
  await new Promise((resolve) => ami.once('fullybooted', resolve));

  clickToCall(ami, '1001', '1002');

  await pbx().expectAction('Originate', { Channel: 'PJSIP/1001', Exten: '1002' });
  await pbx().perform('wait until 1001 is ringing', '1001 answers', 'wait until 1002 is ringing', '1002 answers');
  await pbx().perform('wait until 1002 is up', '1001 holds', 'wait until 1002 is held');
  expect(pbx().phone('1002').lamp).toBe('held');
  ami.disconnect();
});
