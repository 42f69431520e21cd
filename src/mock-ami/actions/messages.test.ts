import { describe, expect, it } from 'vitest';
import { lastAnswer, playQueue } from '../pbx/queue/queue-play.test-support.ts';

const send = (headers: string) => lastAnswer(playQueue([`admin sends MessageSend: {${headers}}`, 'wait 100ms']));

describe('MessageSend', () => {
  it('reaches a phone that is registered', () => {
    expect(send('Destination: "pjsip:1001", From: "1002", Body: "hello"')).toMatchObject({
      Response: 'Success',
      Message: 'Message successfully sent',
    });
  });

  it.each([
    ['From: "1002"', "No 'To' address specified."],
    ['To: "carrier-pigeon:1001"', 'Message technology not found.'],
    ['To: "pjsip:9999"', 'Message failed to send.'],
  ])('fails with %s', (headers, message) => {
    expect(send(headers)).toMatchObject({ Response: 'Error', Message: message });
  });
});
