import type { ControlApiRequest, ControlPbxRequest, ControlRequest } from './wire.ts';

type Request = ControlRequest | ControlPbxRequest | ControlApiRequest;

/** A message that is no request: its id where it has one, and what is wrong. */
export interface ControlFault {
  readonly id: number;
  readonly message: string;
}

/** Texts that each button needs, and those that it takes. */
const BUTTONS: Readonly<Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>> = {
  dial: { needs: ['number'], takes: [] },
  answer: { needs: [], takes: ['other'] },
  hangUp: { needs: [], takes: ['other'] },
  hold: { needs: [], takes: ['other'] },
  resume: { needs: [], takes: ['other'] },
  reject: { needs: [], takes: ['reason', 'other'] },
  transfer: { needs: ['other', 'to'], takes: [] },
  connect: { needs: ['one', 'two'], takes: [] },
  press: { needs: ['digits'], takes: ['other'] },
  register: { needs: [], takes: [] },
  unregister: { needs: [], takes: [] },
};

/** Reads a message of the control socket; whatever comes, it never throws. */
export function parseControlRequest(text: string): Request | ControlFault {
  const data = parseJson(text);
  if (!isRecord(data)) return { id: 0, message: 'a message is a JSON object with id and do' };
  const { id } = data;
  if (typeof id !== 'number') return { id: 0, message: 'id is missing: a number that comes back in the answer' };
  if (data['do'] === 'restart') return { id, do: 'restart' };
  if (data['do'] === 'request') return readApiRequest(id, data);
  return readButton(id, data);
}

/** A button, from its parts. */
export function readButton(id: number, data: Readonly<Record<string, unknown>>): ControlRequest | ControlFault {
  const fault = faultOf(data);
  return fault === undefined ? ({ ...data, id } as unknown as ControlRequest) : { id, message: fault };
}

function readApiRequest(id: number, data: Readonly<Record<string, unknown>>): ControlApiRequest | ControlFault {
  const { method, path, query, body } = data;
  if (typeof method !== 'string' || typeof path !== 'string')
    return { id, message: 'method and path are texts, as in {"method": "GET", "path": "/v1/health"}' };
  const texts = isRecord(query ?? {}) && Object.values(query ?? {}).every((value) => typeof value === 'string');
  if (!texts) return { id, message: 'query is an object of texts' };
  return { id, do: 'request', method, path, query: (query ?? {}) as Record<string, string>, body };
}

function faultOf(data: Readonly<Record<string, unknown>>): string | undefined {
  const button = typeof data['do'] === 'string' && Object.hasOwn(BUTTONS, data['do']) ? BUTTONS[data['do']] : undefined;
  if (button === undefined) return `do is one of ${Object.keys(BUTTONS).join(', ')}, restart, request`;
  const missing = ['phone', ...button.needs].find((name) => typeof data[name] !== 'string' || data[name] === '');
  if (missing !== undefined) return `${missing} is missing: a text`;
  const wrong = button.takes.find((name) => data[name] !== undefined && typeof data[name] !== 'string');
  return wrong === undefined ? undefined : `${wrong} is a text`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
