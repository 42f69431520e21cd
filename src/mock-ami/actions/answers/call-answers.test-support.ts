import { type AnswerTable, error, list, success } from './answer-table.test-support.ts';

export const callAnswers: readonly AnswerTable[] = [
  {
    source: 'action_originate, main/manager.c; recording originate-errors',
    situation: 'idle',
    rows: [
      ['Originate', error('Channel not specified')],
      [
        'Originate | ChannelId: 111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111',
        error('Uniqueid length exceeds maximum of 149\n'),
      ],
      [
        'Originate | OtherChannelId: 111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111 | Channel: PJSIP/1001',
        error('Uniqueid length exceeds maximum of 149\n'),
      ],
      ['Originate | Context: x | Exten: 1 | Priority: one | Timeout: soon', error('Channel not specified')],
      ['Originate | Channel: PJSIP | Priority: one | Timeout: soon', error('Invalid priority')],
      ['Originate | Channel: PJSIP | Priority: 1 | Timeout: soon', error('Invalid timeout')],
      ['Originate | Channel: PJSIP | Priority: 1', error('Invalid channel')],
      ['Originate | Channel: PJSIP/1001', error("Originate with 'Exten' requires 'Context' and 'Priority'")],
      [
        'Originate | Channel: PJSIP/1001 | Context: from-phones | Exten: 1002',
        error("Originate with 'Exten' requires 'Context' and 'Priority'"),
      ],
      [
        'Originate | Channel: PJSIP/1001 | Context: from-phones | Exten: 1002 | Priority: 0',
        error("Originate with 'Exten' requires 'Context' and 'Priority'"),
      ],
      ['Originate | Channel: PJSIP/1001 | Priority: 1', error('Extension does not exist.')],
      ['Originate | Channel: PJSIP/1001 | Context: from-phones | Priority: 1', error('Extension does not exist.')],
      [
        'Originate | Channel: PJSIP/1001 | Context: from-phones | Exten: none | Priority: 1',
        error('Extension does not exist.'),
      ],
      [
        'Originate | Channel: PJSIP/1001 | Context: from-phones | Exten: 1002 | Priority: 99',
        error('Extension does not exist.'),
      ],
      [
        'Originate | Channel: PJSIP/1001 | Application: Wait | Data: 1 | Context: none | Exten: 1 | Priority: 1',
        error('Extension does not exist.'),
      ],
      ['Originate | Channel: NoTech/1 | Application: Wait | Data: 1', error('Originate failed')],
      ['Originate | Channel: PJSIP/none | Application: Wait | Data: 1', error('Originate failed')],
      [
        'Originate | Channel: PJSIP/1001 | Application: Wait | Data: 1 | Async: yes',
        success('Originate successfully queued'),
      ],
      ['Originate | Channel: PJSIP/1001 | Async: true', success('Originate successfully queued')],
      ['Originate | Channel: NoTech/1 | Application: Wait | Async: 1', success('Originate successfully queued')],
      [
        'Originate | Channel: PJSIP/1001 | Application: System | Data: ls | Async: 1',
        success('Originate successfully queued'),
      ],
    ],
  },
  {
    source: 'manager_park, manager_parking_status, res/parking/parking_manager.c; recording ami-park',
    situation: 'busy',
    rows: [
      ['Park', error('Channel not specified')],
      ['Park | Timeout: soon', error('Channel not specified')],
      ['Park | Channel: nobody | Timeout: soon', error('Invalid Timeout value.')],
      ['Park | Channel: nobody | Timeout: -5', error('Channel does not exist: nobody')],
      ['Park | Channel: nobody', error('Channel does not exist: nobody')],
      ['Park | Channel: PJSIP/1001-00000000 | Parkinglot: none', error('Park action failed\n')],
      ['Park | Channel: PJSIP/1001-00000000 | Timeout: 5000', success('Park successful\n')],
      ['ParkedCalls', list('Parked calls will follow', 'ParkedCallsComplete', [], ['Total: 0'])],
      ['ParkedCalls | ParkingLot: short', list('Parked calls will follow', 'ParkedCallsComplete', [], ['Total: 0'])],
      ['ParkedCalls | ParkingLot: none', error('Requested parking lot could not be found.')],
      [
        'Parkinglots',
        list('Parking lots will follow', 'ParkinglotsComplete', [
          ['Parkinglot', 'Name: default', 'StartSpace: 701', 'StopSpace: 720', 'Timeout: 45'],
          ['Parkinglot', 'Name: short', 'StartSpace: 751', 'StopSpace: 760', 'Timeout: 4'],
        ]),
      ],
    ],
  },
  {
    source: 'action_aocmessage, main/manager.c',
    situation: 'busy',
    rows: [
      ['AOCMessage', error('Channel and PartialChannel are not specified. Specify at least one of these.')],
      [
        'AOCMessage | MsgType: d',
        error('Channel and PartialChannel are not specified. Specify at least one of these.'),
      ],
      ['AOCMessage | Channel: nobody', error('No such channel')],
      ['AOCMessage | ChannelPrefix: nobody', error('No such channel')],
      ['AOCMessage | Channel: PJSIP/1001-00000000', error('Invalid MsgType')],
      ['AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: x', error('Invalid MsgType')],
      ['AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: d', error('ChargeType not specified')],
      ['AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: d | ChargeType: Beer', error('Invalid ChargeType')],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: d | ChargeType: Currency',
        error('Invalid CurrencyAmount, CurrencyAmount is a required when ChargeType is Currency'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: d | ChargeType: Currency | CurrencyAmount: 5',
        error('ChargeMultiplier unspecified, ChargeMultiplier is required when ChargeType is Currency.'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: d | ChargeType: Currency | CurrencyAmount: 5 | CurrencyMultiplier: Few',
        error('Invalid ChargeMultiplier'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: d | ChargeType: Free | AOCBillingId: CallTransfer',
        error('Invalid AOC-D AOCBillingId'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: e | ChargeType: Free | AOCBillingId: x',
        error('Invalid AOC-E AOCBillingId'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: e | ChargeType: Free | AOCBillingId: CallTransfer | ChargingAssociationId: x',
        error('Invalid ChargingAssociationId'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: e | ChargeType: Free | ChargingAssociationId: 1 | ChargingAssociationPlan: x',
        error('Invalid ChargingAssociationPlan'),
      ],
      [
        'AOCMessage | Channel: none | ChannelPrefix: PJSIP/1001 | MsgType: E | ChargeType: Free',
        success('AOC Message successfully queued on channel'),
      ],
      ['AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s', success('AOC Message successfully queued on channel')],
      ['AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA', error('RateType not specified')],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: x | RateType: x',
        error('Invalid ChargedItem'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: x',
        error('Invalid RateType'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: Flat',
        error('Invalid CurrencyAmount, CurrencyAmount is a required when RateType is non-free'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: Duration | CurrencyAmount: 1 | CurrencyMultiplier: one',
        error('TimeScale unspecified, TimeScale is required when RateType is Duration.'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: Duration | CurrencyAmount: 1 | CurrencyMultiplier: one | TimeScale: Hour',
        error('Invalid Time, Time is a required when RateType is Duration'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: Volume | CurrencyAmount: 1 | CurrencyMultiplier: one',
        error('VolumeUnit unspecified, VolumeUnit is required when RateType is Volume.'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: SpecialArrangement | RateType: Free',
        error(
          'Invalid Code, Code is a required when ChargedItem is SpecialArrangement and when RateType is SpecialCode',
        ),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: Free | ChargedItem: CallSetup | RateType: x',
        error('Invalid RateType'),
      ],
      [
        'AOCMessage | Channel: PJSIP/1001-00000000 | MsgType: s | ChargedItem: NA | RateType: Free',
        success('AOC Message successfully queued on channel'),
      ],
    ],
  },
];
