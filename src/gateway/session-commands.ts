import { type AuditEntry, audited } from './audit.ts';
import type { DecodedCommand } from './decode-json.ts';
import type { LegacyAction } from './decode-xml.ts';
import type { PrivateMessage } from './dialect.ts';
import { asGatewayError, GatewayError } from './gateway-error.ts';
import { legacyCommand } from './legacy-command.ts';
import { type Seat, seatFor } from './seats.ts';
import type { SessionContext } from './session-context.ts';
import { countBy } from './stats.ts';
import type { User } from './users.ts';
import { visibleAnswer, visibleRefusal } from './visible-answer.ts';

/** More than anybody clicks within a PBX's time to answer; whoever floods the gateway does not flood the PBX. */
export const MAX_COMMANDS_UNDER_WAY = 32;

/** Whose commands they are, and who hears what comes of them. */
export interface CommandSource {
  readonly address: string;
  readonly context: SessionContext;
  say(message: PrivateMessage): void;
  /** All are answered; called after each that was the last one under way. */
  idle(): void;
}

/** The commands of one session: each is carried out, answered and written down. */
export class SessionCommands {
  readonly #source: CommandSource;
  #underWay = 0;
  #isClosing = false;

  constructor(source: CommandSource) {
    this.#source = source;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** What comes from now on is refused; what is under way is answered. */
  close(): void {
    this.#isClosing = true;
  }

  async run(user: User, seats: readonly Seat[], asked: DecodedCommand | LegacyAction): Promise<void> {
    const { id } = asked;
    const what = asked.type === 'action' ? asked.name : asked.do;
    const { address, context } = this.#source;
    const { log, stats } = context;
    this.#underWay += 1;
    try {
      if (this.#isClosing) throw goingAway();
      if (this.#underWay > MAX_COMMANDS_UNDER_WAY) throw tooManyCommands();
      const seat = seatFor(seats, asked.pbx);
      const command = asked.type === 'action' ? legacyCommand(asked, user.role) : asked;
      const reply = await seat.side.commands.run(seat.user, command);
      this.audit(user, { command: audited(asked), ok: true });
      stats.commandsSent += 1;
      log.info('A command was sent', { user: user.name, from: address, do: what });
      this.#source.say({ type: 'reply', id, ok: true, ...visibleAnswer(reply, seat.view) });
    } catch (error) {
      const { code, message } = visibleRefusal(user, asGatewayError(error));
      const cause = error instanceof GatewayError ? undefined : String(error);
      this.audit(user, { command: audited(asked), ok: false, code });
      countBy(stats.commandsRefused, code);
      log.warn('A command was refused', { user: user.name, from: address, do: what, code, cause });
      this.#source.say({ type: 'reply', id, ok: false, code, message });
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#source.idle();
    }
  }

  audit(user: User, entry: Pick<AuditEntry, 'command' | 'ok' | 'code'>): void {
    const { address, context } = this.#source;
    context.audit({ atMs: context.runtime.clock.now(), user: user.name, from: address, ...entry });
  }
}

export function tooManyCommands(): GatewayError {
  const message = `No more than ${MAX_COMMANDS_UNDER_WAY} commands may wait for their answer`;
  return new GatewayError('GATEWAY_TOO_MANY_COMMANDS', message);
}

export function goingAway(): GatewayError {
  return new GatewayError('GATEWAY_GOING_AWAY', 'The gateway goes down; come back later');
}
