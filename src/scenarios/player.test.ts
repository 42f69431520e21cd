import { describe, expect, it } from 'vitest';
import { FakeStage } from './fake-stage.test-support.ts';
import { parseScenario } from './parse-scenario.ts';
import { type Play, playScenario } from './player.ts';
import { TraceRecorder } from './trace-recorder.ts';

interface Played {
  readonly play: Play;
  readonly stage: FakeStage;
  /** What clients sent: time, session, rows joined by |. */
  readonly sent: string[];
  readonly recorder: TraceRecorder;
}

/** Plays steps (one a line, without the dash) until nothing is left to do, or until `untilMs`. */
function played(steps: string, options: { stage?: FakeStage; head?: string; untilMs?: number } = {}): Played {
  const stage = options.stage ?? new FakeStage();
  const yaml = `scenario: test\n${options.head ?? ''}\nsteps:\n${steps.replace(/^/gm, '  ')}\n`;
  const parsed = parseScenario(yaml, 'test.yaml');
  const recorder = new TraceRecorder(stage.clock, stage.runtime.text);
  const play = playScenario(parsed.scenario, stage, { runtime: stage.runtime, recorder, parsed });
  while (!play.ended && (stage.clock.nextDueAt ?? Infinity) <= (options.untilMs ?? Infinity) && stage.clock.runNext());
  const { lines } = recorder.trace({ scenario: 'test', description: '' });
  const sent = lines.flatMap(({ t, dir, raw, conn }) =>
    dir === 'out' ? `${t} ${conn === undefined ? '' : `${conn} `}${raw?.trimEnd().replaceAll('\r\n', '|')}` : [],
  );
  return { play, stage, sent, recorder };
}

const message = (played: Played): string => (played.play.failure as Error | undefined)?.message ?? 'no failure';

describe('sessions around the steps', () => {
  it('logs admin in before the first step and off one second after the last, as in recording hold-unhold', () => {
    const { sent, stage, play } = played('- wait 300ms\n- 1001 holds');
    expect(sent).toEqual([
      '0 Action: Login|ActionID: admin-1|Username: admin|Secret: adminpw|Events: on',
      '1300 Action: Logoff|ActionID: admin-2',
    ]);
    expect(stage.told).toEqual(['300 1001 hold']);
    expect(play.failure).toBeUndefined();
  });

  it('leaves admin alone where the scenario lets it connect, stay away or log in by itself', () => {
    expect(played('- admin connects').sent).toEqual([]);
    expect(played('- admin stays away\n- 1001 holds').sent).toEqual([]);
    expect(played('- wait 1s\n- admin logs in as panel with events call').sent).toEqual([
      '1000 Action: Login|ActionID: admin-1|Username: panel|Secret: panelpw|Events: call',
      '2000 Action: Logoff|ActionID: admin-2',
    ]);
  });

  it('takes a login after the PBX went down for a second one', () => {
    const { sent } = played('- pbx restarts\n- admin logs in as admin');
    expect(sent.filter((line) => line.includes('Login'))).toHaveLength(2);
  });

  it('logs further clients off in the order in which they came, 150 ms apart, as in recording hold-multi-client', () => {
    const { sent } = played('- readonly logs in as readonly\n- filtered logs in as filtered with secret x');
    expect(sent.slice(1)).toEqual([
      '0 readonly Action: Login|ActionID: readonly-1|Username: readonly|Secret: readonlypw|Events: on',
      '0 filtered Action: Login|ActionID: filtered-1|Username: filtered|Secret: x|Events: on',
      '1000 admin Action: Logoff|ActionID: admin-2',
      '1150 readonly Action: Logoff|ActionID: readonly-2',
      '1300 filtered Action: Logoff|ActionID: filtered-2',
    ]);
  });

  it('tries until the PBX listens', () => {
    const stage = new FakeStage();
    stage.clock.setTimer(500, () => {
      stage.listening = false;
    });
    stage.clock.setTimer(900, () => {
      stage.listening = true;
    });
    const { sent } = played('- wait 600ms\n- reader logs in as readonly', { stage });
    expect(sent[1]).toMatch(/^900 reader Action: Login/);
  });

  it('does not log off whoever has gone', () => {
    expect(played('- admin drops').sent).toHaveLength(1);
    expect(played('- admin logs off').sent).toHaveLength(2);
  });
});

describe('actions', () => {
  it('numbers every action of a client, those without an ActionID too, as in recording unknown-action', () => {
    const { sent } = played(
      '- admin sends NoSuchAction without ActionID\n- admin sends "":  {ActionID: mine, A: [b, c]}\n- admin sends Ping',
    );
    expect(sent.slice(1, 4)).toEqual([
      '0 Action: NoSuchAction',
      '0 Action: |ActionID: mine|A: b|A: c',
      '0 Action: Ping|ActionID: admin-4',
    ]);
  });

  it('waits for the response before the next step', () => {
    const stage = new FakeStage();
    const answers = stage.answers;
    stage.answers = (action, id, link) => {
      if (action !== 'Originate') return answers(action, id, link);
      stage.clock.setTimer(2500, () => stage.say(`Response: Success\r\nActionID: ${id}\r\n\r\n`));
      return undefined;
    };
    expect(played('- admin sends Originate\n- 1001 holds', { stage }).stage.told).toEqual(['2500 1001 hold']);
  });

  it('waits 10 s at most, as in recording originate-errors, or not at all where told so', () => {
    const silent = () => {
      const stage = new FakeStage();
      const answers = stage.answers;
      stage.answers = (action, id, link) => (action === 'Originate' ? undefined : answers(action, id, link));
      return stage;
    };
    expect(played('- admin sends Originate\n- 1001 holds', { stage: silent() }).stage.told).toEqual([
      '10000 1001 hold',
    ]);
    expect(played('- admin sends Originate without waiting\n- 1001 holds', { stage: silent() }).stage.told).toEqual([
      '0 1001 hold',
    ]);
  });

  it('keeps a response for later values, as in recording login-md5-challenge', () => {
    const stage = new FakeStage();
    stage.answers = (action, id) =>
      `Response: Success\r\nActionID: ${id}\r\n${action === 'Challenge' ? 'Challenge: 840415273\r\n' : ''}\r\n`;
    const { sent } = played(
      `- admin connects
- admin sends Challenge as asked: {AuthType: MD5}
- admin sends Login: {AuthType: MD5, Username: admin, Key: "\${md5 of asked.Challenge + 'adminpw'}", Events: on}`,
      { stage },
    );
    expect(sent[1]).toBe(
      // printf 840415273adminpw | md5sum
      '0 Action: Login|ActionID: admin-2|AuthType: MD5|Username: admin|Key: f76586f3d413b53819ba077d90bbae8b|Events: on',
    );
  });

  it('sends raw bytes as they are, latin1 and byte by byte too', () => {
    const { recorder } = played(
      '- admin sends raw latin1: "a\\xff\\r\\n"\n- admin sends raw byte by byte every 5ms: "\\u00e9"\n- admin drops',
    );
    const { lines } = recorder.trace({ scenario: 'x', description: '' });
    expect(lines.filter((line) => line.dir === 'out').slice(1)).toEqual([
      { t: 0, dir: 'out', raw: 'a\xff\r\n', encoding: 'latin1' },
      { t: 0, dir: 'out', raw: '\xc3', encoding: 'latin1' },
      { t: 5, dir: 'out', raw: '\xa9', encoding: 'latin1' },
    ]);
  });
});

describe('what phones are told', () => {
  it('passes every button on', () => {
    const { stage } = played(`- 1001 dials 1002
- 1003 calls 1001 from "Ann O'Neill" <+493012345>
- 1002 answers 1003
- 1002 rejects busy
- 1002 rejects 606 1001
- 1001 hangs up 1002
- 1001 hangs up all
- 1001 resumes 1002
- 1002 transfers 1001 to 1003
- 1002 connects 1001 and 1003
- 1001 presses "#72"
- 1001 presses 5 on 1003 by INFO
- 1001 speaks
- 1001 is silent
- 1003 registers for 60s
- 1003 registers with wrong password
- 1003 unregisters
- 1003 dies
- 1003 comes back at port 6750`);
    expect(stage.told.map((line) => line.slice(2))).toEqual([
      '1001 dial "1002"',
      `1003 dial "1001" {"name":"Ann O'Neill","number":"+493012345"}`,
      '1002 answer "1003"',
      '1002 reject "busy"',
      '1002 reject 606 "1001"',
      '1001 hangUp "1002"',
      '1001 hangUpAll',
      '1001 resume "1002"',
      '1002 transfer "1001" "1003"',
      '1002 connect "1001" "1003"',
      '1001 press "#72" {}',
      '1001 press "5" {"by":"info","other":"1003"}',
      '1001 speak true',
      '1001 speak false',
      '1003 register {"expiresS":60}',
      '1003 register {"wrongPassword":true}',
      '1003 unregister',
      '1003 die',
      '1003 register {"port":6750}',
    ]);
  });

  it('translates standing orders', () => {
    const { stage } = played(`- 1001 will answer after 800ms
- 1001 will reject busy after 300ms
- 1001 will ring, then reject declined after 500ms
- 1001 will ring after 120ms, then answer after 1500ms
- 1001 will only ring
- 1001 will not respond
- 1001 will do nothing special
- 1001 will forward to 1003 after 200ms`);
    expect(stage.told.map((line) => line.replace('0 1001 follow ', ''))).toEqual([
      '{"ringAfterMs":0,"then":{"kind":"answer","afterMs":800}}',
      '{"then":{"kind":"reject","reason":"busy","afterMs":300}}',
      '{"ringAfterMs":0,"then":{"kind":"reject","reason":"declined","afterMs":500}}',
      '{"ringAfterMs":120,"then":{"kind":"answer","afterMs":1500}}',
      '{"ringAfterMs":0}',
      '{"silent":true}',
      '"nothing special"',
      '{"then":{"kind":"forward","to":"1003","afterMs":200}}',
    ]);
  });

  it('puts the cast in for names, and values for ${...}, which the caller may replace', () => {
    const head = "cast: {boss: '1001'}\nwith: {talk: 3s}";
    const { stage } = played('- wait ${talk}\n- boss dials 1002\n- 1002 holds boss', { head });
    expect(stage.told).toEqual(['3000 1001 dial "1002"', '3000 1002 hold "1001"']);
  });

  it('tells the PBX', () => {
    const { stage } = played(`- pbx restarts gracefully
- pbx is killed
- pbx starts
- pbx stops
- pbx reloads
- pbx reloads manager
- pbx changes manager.conf: {general: {enabled: no}, panel: remove}`);
    expect(stage.told.map((line) => line.slice(2))).toEqual([
      'pbx restart gracefully',
      'pbx kill',
      'pbx start',
      'pbx stop',
      'pbx reload all',
      'pbx reload manager',
      'pbx changeConfig manager.conf {"general":{"enabled":"no"},"panel":"remove"}',
    ]);
  });
});

describe('blocks', () => {
  it('repeats, counting n from 0, in names too', () => {
    const { sent } = played('- repeat 2:\n    - bad${n} logs in as admin with secret x${n}\n    - wait 1s');
    expect(sent.slice(1, 3)).toEqual([
      '0 bad0 Action: Login|ActionID: bad0-1|Username: admin|Secret: x0|Events: on',
      '1000 bad1 Action: Login|ActionID: bad1-1|Username: admin|Secret: x1|Events: on',
    ]);
  });

  it('begins everything together and goes on after the last', () => {
    const { stage } = played(
      '- together:\n    - - wait 2s\n      - 1001 holds\n    - 1002 holds\n    - wait 3s\n- 1003 holds',
    );
    expect(stage.told).toEqual(['0 1002 hold', '2000 1001 hold', '3000 1003 hold']);
  });

  it('ends together as soon as one branch fails', () => {
    const result = played('- together:\n    - - wait 1s\n      - 1009 holds\n    - - wait 2s\n      - 1002 holds');
    expect(message(result)).toContain("'1009 holds': no phone 1009");
    while (result.stage.clock.runNext());
    expect(result.stage.told).toEqual([]);
  });
});

describe('waiting', () => {
  it('waits until a phone is as wanted', () => {
    const stage = new FakeStage();
    stage.clock.setTimer(700, () => {
      stage.phone('1001').calls = [{ other: '1002', direction: 'out', state: 'up', holding: false, sinceMs: 0 }];
    });
    expect(played('- wait until 1001 is up\n- 1001 holds', { stage }).stage.told).toEqual(['701 1001 hold']);
  });

  it('says what the phone is instead', () => {
    const result = played('- wait until 1001 is up within 2s');
    expect(message(result)).toBe(
      "test.yaml:4:5: 'wait until 1001 is up within 2s': still not up after 2s; it is registered and idle",
    );
  });

  it('waits for the end of a connection', () => {
    const stage = new FakeStage();
    stage.clock.setTimer(400, () => stage.links[0]?.destroy());
    expect(played('- wait until admin is disconnected\n- 1001 holds', { stage }).stage.told).toEqual(['400 1001 hold']);
  });

  it('counts events since the last step that was no wait began', () => {
    const stage = new FakeStage();
    const event = (lot: string) => stage.say(`Event: ParkedCall\r\nParkingSpace: ${lot}\r\n\r\n`);
    stage.clock.setTimer(100, () => event('701'));
    stage.clock.setTimer(300, () => event('702'));
    stage.clock.setTimer(900, () => event('703'));
    const steps =
      '- wait 200ms\n- 1001 holds\n- wait 500ms\n- wait for event ParkedCall as parked\n- 1003 dials ${parked.ParkingSpace}';
    expect(played(steps, { stage }).stage.told.at(-1)).toBe('700 1003 dial "702"');
  });

  it('looks at headers, and tells what the last such event had instead', () => {
    const stage = new FakeStage();
    stage.clock.setTimer(100, () => stage.say('Event: ContactStatus\r\nContactStatus: Reachable\r\n\r\n'));
    const result = played('- wait for event ContactStatus within 3s: {ContactStatus: Unreachable, AOR: 1}', { stage });
    expect(message(result)).toContain(
      "no such event in 3s; the last ContactStatus had ContactStatus 'Reachable' where 'Unreachable' was expected; no AOR where '1' was expected",
    );
    expect(stage.clock.now()).toBe(3000);
  });
});

describe('expectations', () => {
  it('lets a lamp come on in time', () => {
    const stage = new FakeStage();
    stage.clock.setTimer(40, () => {
      stage.phone('1002').lamp = 'held';
    });
    expect(played('- expect lamp 1002 held within 50ms', { stage }).play.failure).toBeUndefined();
  });

  it('says what the lamp has shown instead', () => {
    const stage = new FakeStage();
    stage.clock.setTimer(40, () => {
      stage.phone('1002').lamp = 'up';
    });
    const result = played('- expect lamp 1002 held within 50ms', { stage });
    expect(message(result)).toContain('after 50ms the lamp of 1002 has shown idle, then up');
  });

  it('expects an action once for each time that it is named', () => {
    const steps = '- admin sends Originate: {Exten: 1002}\n- expect action Originate: {Exten: 1002}';
    expect(played(steps).play.failure).toBeUndefined();
    expect(message(played(`${steps}\n- expect action Originate: {Exten: 1002}`))).toContain(
      'no such action in 1s; received were Login',
    );
  });

  it('names the header in which the nearest action differs', () => {
    const result = played('- admin sends Originate: {Exten: 1003}\n- expect action Originate: {Exten: 1002}');
    expect(message(result)).toContain("the last Originate had Exten '1003' where '1002' was expected");
  });
});

describe('failures', () => {
  it('tells file, line and step, and cuts the connections', () => {
    const result = played('- 1001 dials 1002\n- 1001 dials ${parked.Space}');
    expect(message(result)).toContain("test.yaml:5:5: '1001 dials ${parked.Space}': there is no value ${parked.Space}");
    expect(result.stage.told).toEqual(['0 1001 dial "1002"']);
  });

  it('rejects done with the failure', async () => {
    await expect(played('- 1009 holds').play.done).rejects.toMatchObject({ code: 'SCENARIO_FAILED' });
  });

  it('refuses to send through a client that never came', () => {
    expect(message(played('- reader sends Ping'))).toContain('reader has no connection');
  });

  it('stops where it is told to, leaving no timer', () => {
    const stage = new FakeStage();
    const { play } = played('- wait 10s\n- 1001 holds', { stage, untilMs: 5000 });
    play.stop();
    while (stage.clock.runNext());
    expect(play.ended).toBe(true);
    expect(stage.told).toEqual([]);
  });
});
