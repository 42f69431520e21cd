import { describe, expect, it } from 'vitest';
import { labConfig, readTrace } from '../../../test/fixtures.ts';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { createStage } from '../simulated-stage.ts';

function setUp(registered: readonly string[] = ['1001', '1002']) {
  const clock = new ManualClock();
  const stage = createStage({ runtime: nodeRuntime({ clock }), files: labConfig(), registered });
  const told: string[] = [];
  stage.simulation.onEvent(({ name, headers }) => {
    told.push([name, ...headers.map(([header, value]) => `${header}: ${value}`)].join(' '));
  });
  const take = (...names: string[]): string[] =>
    told.splice(0).filter((line) => names.length === 0 || names.includes(line.slice(0, line.indexOf(' '))));
  return { clock, stage, pbx: stage.simulation, take };
}

/** What the recording's session heard between the two, as {@link setUp} tells it. */
function recorded(trace: string, conn: string, from: string, to: string): string[] {
  const rows = readTrace(trace)
    .lines.filter((line) => line.dir === 'in' && (line.conn ?? 'admin') === conn)
    .map(({ raw }) => raw ?? '')
    .filter((raw) => raw.startsWith('Event: '))
    .map((raw) => {
      const [event = '', , ...headers] = raw.trimEnd().split('\r\n');
      return [event.slice('Event: '.length), ...headers].join(' ');
    });
  const first = rows.findIndex((row) => row.startsWith(from));
  return rows.slice(
    first,
    rows.findIndex((row, at) => at > first && row.startsWith(to)),
  );
}

describe('a PBX that comes up', () => {
  it('tells its peers, contacts, mailboxes, globals and hints as its modules are loaded, then that it is booted', () => {
    const { clock, stage, take } = setUp();
    stage.pbx.restart();
    clock.advance(3000);
    const told = take();
    const boot = told.slice(told.findIndex((line) => line.startsWith('PeerStatus')));
    const expected = recorded('fault-core-stop-now', 'after-start', 'PeerStatus', 'FullyBooted');
    expect(boot.slice(0, expected.length)).toEqual(expected);
    expect(boot[expected.length]).toBe('FullyBooted Status: Fully Booted Uptime: 0 LastReload: 0');
  });

  it('knows the contacts from before, whose phones are out of reach until they have been asked', () => {
    const { clock, stage, pbx, take } = setUp();
    stage.pbx.restart();
    clock.advance(1000);
    expect(stage.phone('1001').lamp).toBe('unavailable');
    take();
    clock.advance(60_000);
    expect(take('PeerStatus').sort()).toEqual([
      'PeerStatus ChannelType: PJSIP Peer: PJSIP/1001 PeerStatus: Reachable',
      'PeerStatus ChannelType: PJSIP Peer: PJSIP/1002 PeerStatus: Reachable',
    ]);
    expect(pbx.state.devices['PJSIP/1001']).toBe('NOT_INUSE');
    expect(pbx.state.devices['PJSIP/1003']).toBe('UNAVAILABLE');
  });

  it('lets a registration that is not renewed run out, as before', () => {
    const { clock, stage, pbx } = setUp();
    clock.advance(1_800_000);
    stage.pbx.restart();
    clock.advance(1_799_000);
    expect(stage.phone('1001').registered).toBe(true);
    clock.advance(2000);
    expect(stage.phone('1001').registered).toBe(false);
    expect(pbx.state.endpoints['1001']?.contacts).toEqual([]);
  });

  it('keeps custom states, mailboxes and the database, and loses global variables', () => {
    const { clock, stage, pbx } = setUp();
    pbx.state.customDevices['lamp1'] = 'INUSE';
    pbx.state.astdb['/family/key'] = 'value';
    pbx.state.globals['SET'] = 'by hand';
    stage.pbx.restart();
    clock.advance(3000);
    expect(pbx.state.customDevices).toEqual({ lamp1: 'INUSE' });
    expect(pbx.state.astdb).toEqual({ '/family/key': 'value' });
    expect(pbx.state.globals).toEqual({ LABNAME: 'lab' });
  });

  it('knows of no conference until one begins, so that a hint for one is unavailable', () => {
    const { clock, stage, pbx, take } = setUp();
    stage.pbx.restart();
    clock.advance(3000);
    take();
    stage.pbx.reload('pbx_config.so');
    expect(take('ExtensionStatus').filter((line) => line.includes('confbridge'))).toEqual(
      recorded('fault-manager-reload', 'admin', 'ExtensionStatus Exten: 500', 'ExtensionStatus Exten: 1090').slice(
        0,
        1,
      ),
    );
    stage.phone('1001').register();
    clock.advance(1000);
    stage.phone('1001').dial('500');
    clock.advance(1000);
    stage.phone('1001').hangUp();
    clock.advance(1000);
    expect(pbx.state.devices['confbridge:500']).toBe('NOT_INUSE');
    expect(pbx.state.hints['500@hints-only']).toEqual({ status: 0 });
  });

  it('stays down when it is killed while it loads', () => {
    const { clock, stage, take } = setUp();
    stage.pbx.restart();
    while (stage.connect() === undefined || stage.simulation.state.fullyBooted) clock.advance(10);
    stage.pbx.kill();
    take();
    clock.advance(60_000);
    expect(take()).toEqual([]);
    expect(stage.connect()).toBeUndefined();
  });
});

describe('the power switch', () => {
  it('starts once: who starts again meanwhile is told so, and an end of a crash finds it done', () => {
    const { clock, stage, take } = setUp();
    stage.faults.set('crash', { down: '1s' });
    clock.advance(900);
    stage.pbx.start();
    expect(() => stage.pbx.start()).toThrow('the PBX starts already');
    clock.advance(5000);
    expect(take('FullyBooted')).toHaveLength(1);
    expect(() => stage.pbx.start()).toThrow('the PBX runs already');
  });

  it('waits no more for calls to end once the PBX is down', () => {
    const { clock, stage, take } = setUp();
    stage.phone('1001').dial('660');
    clock.advance(1000);
    stage.pbx.restart({ gracefully: true });
    clock.advance(1000);
    stage.pbx.kill();
    stage.pbx.start();
    clock.advance(60_000);
    expect(take('FullyBooted', 'Shutdown')).toEqual(['FullyBooted Status: Fully Booted Uptime: 0 LastReload: 0']);
  });
});

describe('a reload', () => {
  it('tells mailboxes, globals and all hints, and Reload behind them', () => {
    const { stage, take } = setUp();
    stage.pbx.reload();
    const expected = recorded('fault-manager-reload', 'admin', 'MessageWaiting', 'Reload');
    const globals = expected.findIndex((line) => line.startsWith('VarSet'));
    // Recorded by two threads, and in a world whose conference 500 had never been.
    const inOrder = [
      ...expected.slice(0, 8),
      ...expected.splice(globals, 1),
      ...expected.slice(8).map((line) => line.replace(/(confbridge:500) .*/, '$1 Status: 0 StatusText: Idle')),
    ];
    expect(take()).toEqual([...inOrder, 'Reload Module: All Status: 0']);
  });

  it('of one module puts only its part of the configuration in force', () => {
    const { stage, pbx, take } = setUp();
    stage.pbx.changeConfig('extensions.conf', { globals: { LABNAME: 'office' } });
    stage.pbx.changeConfig('queues.conf', { sales: { strategy: 'rrmemory' } });
    stage.pbx.reload('app_queue.so');
    expect(take()).toEqual(['Reload Module: app_queue.so Status: 0']);
    expect(pbx.config.queues.queues.get('sales')?.strategy).toBe('rrmemory');
    expect(pbx.state.globals['LABNAME']).toBe('lab');
    stage.pbx.reload('pbx_config.so');
    expect(take('VarSet', 'Reload')).toEqual([
      'VarSet Channel: none Uniqueid: none Variable: LABNAME Value: office',
      'Reload Module: pbx_config.so Status: 0',
    ]);
  });

  it('makes the endpoints that are new in pjsip.conf, with their phones', () => {
    const { clock, stage, take } = setUp();
    stage.pbx.changeConfig('pjsip.conf', {
      1777: { type: 'endpoint', aors: '1001', auth: '1001', context: 'from-phones' },
    });
    expect(() => stage.phone('1777')).toThrow(/no phone 1777/);
    stage.pbx.reload();
    take();
    stage.phone('1777').register();
    clock.advance(100);
    expect(take('PeerStatus')).toEqual(['PeerStatus ChannelType: PJSIP Peer: PJSIP/1777 PeerStatus: Reachable']);
  });
});
