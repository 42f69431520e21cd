import type { ConfigOverlay } from '../../src/mock-ami/config/overlay.ts';

/** Queues that the lab lacks, one of each other strategy, by the number that calls it. */
const QUEUES = {
  620: 'rrmemory',
  621: 'rrordered',
  622: 'leastrecent',
  623: 'fewestcalls',
  624: 'random',
  625: 'wrandom',
} as const;

/** Laid over the lab's configuration, so that one office offers all that the simulation knows of calls. */
export const OFFICE_CONFIG = {
  'cdr_manager.conf': { general: { enabled: 'yes' } },
  'cel.conf': { manager: { enabled: 'yes' } },
  'queues.conf': Object.fromEntries(
    Object.values(QUEUES).map((strategy) => [
      strategy,
      {
        strategy,
        timeout: '5',
        retry: '2',
        wrapuptime: '2',
        ringinuse: strategy === 'random' ? 'yes' : 'no',
        joinempty: 'yes',
        member: ['PJSIP/1001', 'PJSIP/1002,1', 'PJSIP/1004', 'Local/1005@from-phones,0,Erin,PJSIP/1005'],
      },
    ]),
  ),
  'extensions.conf': {
    'from-phones': { include: ['hints-only', 'parkedcalls', 'more'] },
    more: {
      exten: [
        ...Object.entries(QUEUES).flatMap(([exten, queue]) => [
          `${exten},1,Answer()`,
          `${exten},2,Queue(${queue},tTkK,,,30)`,
          `${exten},3,Hangup()`,
        ]),
        // A ring group of a Local channel that stays and a phone.
        '640,1,Dial(Local/1002@from-phones/n&PJSIP/1003,20,tTkKxX)',
        // The dialplan goes on behind the call.
        '641,1,Dial(PJSIP/1004,20,g)',
        '641,2,Playback(vm-goodbye)',
        // A Local channel through another one.
        '642,1,Dial(Local/1403@from-phones,20)',
        // Parks itself.
        '643,1,Park()',
        // A recorded conference.
        '644,1,MixMonitor(conference-${UNIQUEID}.wav)',
        '644,2,ConfBridge(500,labbridge,labuser)',
        // A phone for a while, then a queue.
        '645,1,Dial(PJSIP/1005,5)',
        '645,2,Queue(support,,,,10)',
        // Music instead of ringing.
        '646,1,Dial(PJSIP/1002,20,m)',
        // Nobody to call at all.
        '647,1,Dial(Local/9999@from-phones&PJSIP/1090,20)',
        // An agent beside a phone.
        '648,1,Dial(Local/681@from-phones&PJSIP/1006,15)',
        // Takes the call that rings at one phone.
        '_*810XX,1,Pickup(${EXTEN:2}@from-phones)',
      ],
    },
  },
} satisfies ConfigOverlay;

/** Numbers of that dialplan that are no phones: groups, queues, conferences, applications, parking, pickup, nothing. */
export const SERVICES = ['600', '601', '610', '611', '612', '613', '500', '501', '630', '660', '661', '662', '663', '664', '665', '666',
  '667', '668', '680', '681', '690', '691', '700', '701', '702', '750', '751', '755', '*8', '*81002', '*81003', '9999', '1090', '620',
  '621', '622', '623', '624', '625', '640', '650', '650', '1290', '1390', '1490', '1590', '641', '642', '643', '644', '645', '646', '647', '648']; // biome-ignore format: a table

/** Ways to call a phone: plainly, with features, with a short ring, with voicemail, over Local channels, recorded, with subroutines. */
export const PREFIXES = ['10', '10', '10', '11', '11', '11', '12', '13', '14', '14', '15', '16', '17', '18'] as const;

/** Where a call that is forwarded ends: no forward may lead to another for ever. */
export const ENDS = ['500', '610', '660', '662', '663', '668', '700', '9999'] as const;

export const QUEUE_NAMES = ['support', 'sales', 'tiny', ...Object.values(QUEUES)] as const;
