import { type Dialplan, hintPriority } from './dialplan.ts';

/** A hint: the extension whose state follows from devices, and perhaps from a presence provider. */
export interface Hint {
  readonly context: string;
  /** A number, or a pattern that stands for whatever is subscribed to. */
  readonly exten: string;
  /** As written, `PJSIP/1001&PJSIP/1002,CustomPresence:1001`. */
  readonly text: string;
  /** What stands in parentheses behind it. */
  readonly name: string;
  readonly devices: readonly string[];
  /** Empty where there is none. */
  readonly presence: string;
  /** Who has added it: `pbx_config`, or a module such as `res_parking/default`. */
  readonly registrar: string;
}

/** All hints, in the order of the contexts. */
export function findHints(dialplan: Dialplan): readonly Hint[] {
  return dialplan.contexts.flatMap((context) =>
    context.extensions.flatMap((extension) =>
      extension.priorities
        .filter(({ priority }) => priority === hintPriority)
        .map(({ app, args, registrar }) => ({
          context: context.name,
          exten: extension.name,
          text: app,
          name: args,
          ...splitHint(app),
          registrar,
        })),
    ),
  );
}

/** Devices stand before the comma, joined by `&`; the presence provider after it. */
export function splitHint(text: string): Pick<Hint, 'devices' | 'presence'> {
  const comma = text.indexOf(',');
  const devices = (comma < 0 ? text : text.slice(0, comma)).split('&').map((device) => device.trim());
  return {
    devices: devices.filter((device) => device !== ''),
    presence: comma < 0 ? '' : text.slice(comma + 1).trim(),
  };
}
