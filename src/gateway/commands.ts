import { AmiError } from '../ami/ami-error.ts';
import type { Header } from '../ami/message.ts';
import type { AmiReply } from '../ami/pending-actions.ts';
import { authorize, findChannel } from './authorize.ts';
import { refusalText } from './command-output.ts';
import type { DecodedCommand } from './decode-json.ts';
import { deviceOfChannel, devicesOfExtension } from './device.ts';
import { GatewayError } from './gateway-error.ts';
import type { User } from './users.ts';
import type { Model } from './wire/model.ts';

const RING_MS = 30_000;
const LAST_RESORT_CONTEXT = 'default';

/** The PBX as commands need it. */
export interface CommandTarget {
  readonly model: Model;
  /** @throws GatewayError `GATEWAY_PBX_DOWN` @throws AmiError */
  request(action: string, headers: readonly Header[]): Promise<AmiReply>;
}

export interface CommandOptions {
  /** Dialplan context for numbers that users dial; by default that of the phone that acts. */
  readonly context?: string;
}

/** Turns what users ask for into AMI actions. What becomes of them is told by events, never by this. */
export class Commands {
  readonly #pbx: CommandTarget;
  readonly #options: CommandOptions;

  constructor(pbx: CommandTarget, options: CommandOptions = {}) {
    this.#pbx = pbx;
    this.#options = options;
  }

  /**
   * Carries out a command, if the user may, and gives what the PBX said.
   * @throws GatewayError `GATEWAY_FORBIDDEN`, `GATEWAY_BAD_VALUE`, `GATEWAY_NO_SUCH_CHANNEL`, `GATEWAY_PBX_DOWN`,
   *   `GATEWAY_ACTION_FAILED`, `GATEWAY_ACTION_TIMEOUT`
   */
  async run(user: User, command: DecodedCommand): Promise<AmiReply> {
    authorize(user, command, this.#pbx.model);
    const [action, headers] = await this.#toAction(command);
    const reply = await this.#send(action, headers);
    if (reply.response.response === 'Error')
      throw new GatewayError('GATEWAY_ACTION_FAILED', refusalText(reply.response));
    return reply;
  }

  async #toAction(command: DecodedCommand): Promise<readonly [action: string, headers: readonly Header[]]> {
    switch (command.do) {
      case 'dial':
        return ['Originate', await this.#originate(command.from, command.to)];
      case 'hangUp':
        return ['Hangup', [['Channel', command.channel]]];
      case 'transfer': {
        const context = await this.#contextOf(command.channel);
        return [
          'BlindTransfer',
          [
            ['Channel', command.channel],
            ['Context', context],
            ['Exten', command.to],
          ],
        ];
      }
      case 'redirect':
        return ['Redirect', await this.#redirect(command)];
      case 'action':
        return [command.name, command.headers ?? []];
    }
  }

  async #originate(from: string, to: string): Promise<readonly Header[]> {
    const [device] = devicesOfExtension(this.#pbx.model, from);
    if (device === undefined) throw new GatewayError('GATEWAY_BAD_VALUE', '"from" is no extension with a phone');
    return [
      ['Channel', device],
      ['Context', await this.#contextOfDevice(device)],
      ['Exten', to],
      ['Priority', '1'],
      ['Timeout', String(RING_MS)],
      // Else Asterisk answers nothing else in this session until the phone is answered. Source: recording `originate-sync`.
      ['Async', 'true'],
    ];
  }

  async #redirect(command: DecodedCommand & { do: 'redirect' }): Promise<readonly Header[]> {
    const context = await this.#contextOf(command.channel);
    const target: readonly Header[] = [
      ['Context', context],
      ['Exten', command.to],
      ['Priority', '1'],
    ];
    if (command.extraChannel === undefined) return [['Channel', command.channel], ...target];
    const extra: readonly Header[] = [
      ['ExtraChannel', command.extraChannel],
      ...target.map(([name, value]): Header => [`Extra${name}`, value]),
    ];
    return [['Channel', command.channel], ...target, ...extra];
  }

  /** Where numbers are looked up for what is done on a channel. */
  async #contextOf(name: string): Promise<string> {
    const { channel, context } = findChannel(this.#pbx.model, name);
    return this.#contextOfDevice(deviceOfChannel(channel), context);
  }

  async #contextOfDevice(device: string, otherwise = LAST_RESORT_CONTEXT): Promise<string> {
    if (this.#options.context !== undefined) return this.#options.context;
    const [, endpoint] = /^PJSIP\/([0-9A-Za-z_.-]+)$/.exec(device) ?? [];
    if (endpoint === undefined) return otherwise;
    const { response } = await this.#send('Getvar', [['Variable', `PJSIP_ENDPOINT(${endpoint},context)`]]);
    const context = response.get('Value') ?? '';
    return /^[0-9A-Za-z_-]+$/.test(context) ? context : otherwise;
  }

  async #send(action: string, headers: readonly Header[]): Promise<AmiReply> {
    try {
      return await this.#pbx.request(action, headers);
    } catch (error) {
      throw error instanceof AmiError ? asGatewayError(error) : error;
    }
  }
}

function asGatewayError(error: AmiError): GatewayError {
  switch (error.code) {
    case 'AMI_TIMEOUT':
      return new GatewayError('GATEWAY_ACTION_TIMEOUT', 'The PBX did not answer in time', { cause: error });
    case 'AMI_LINK_LOST':
    case 'AMI_CLOSED':
      return new GatewayError('GATEWAY_PBX_DOWN', 'The connection to the PBX was lost meanwhile', { cause: error });
    default:
      return new GatewayError('GATEWAY_BAD_VALUE', error.message, { cause: error });
  }
}
