import { z } from 'zod';
import { ControlError } from '../control-error.ts';
import { controlPhone, deskPhones } from '../control-phone.ts';
import { readButton } from '../parse-control-request.ts';
import { pressButton } from '../press-button.ts';
import { type ApiRoute, route } from './api-route.ts';
import { phone } from './api-schemas.ts';

const button = z.strictObject({
  do: z.enum([
    'dial',
    'answer',
    'hangUp',
    'hold',
    'resume',
    'reject',
    'transfer',
    'connect',
    'press',
    'register',
    'unregister',
  ]),
  number: z.string().describe('whom to dial').optional(),
  other: z.string().describe('which call: the number of its other party').optional(),
  to: z.string().describe('where a transfer goes').optional(),
  one: z.string().optional(),
  two: z.string().optional(),
  digits: z.string().optional(),
  reason: z.string().describe('busy, declined ..., or a SIP code').optional(),
});

/** Phones and their buttons. */
export const PHONE_ROUTES: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/v1/phones',
    summary: 'All desk phones with their lamps and calls',
    status: 200,
    response: z.strictObject({ phones: z.array(phone) }),
    handle: ({ operator: { stage } }) => ({
      phones: deskPhones(stage.simulation).map((name) => controlPhone(stage, name)),
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/phones/{name}',
    summary: 'A phone with its lamp and calls',
    status: 200,
    response: phone,
    handle: ({ operator: { stage } }, { params }) => controlPhone(stage, stage.phone(params['name'] ?? '').name),
  }),
  route({
    method: 'POST',
    path: '/v1/phones/{name}/press',
    summary: 'Presses a button: hold, answer, dial ...; what follows is seen over AMI and at the lamps',
    body: button,
    status: 200,
    response: phone,
    handle: ({ operator: { stage } }, { params, body }) => {
      const name = stage.phone(params['name'] ?? '').name;
      const request = readButton(0, { ...body, phone: name });
      if ('message' in request) throw new ControlError('CONTROL_BAD_REQUEST', request.message);
      pressButton(stage, request);
      return controlPhone(stage, name);
    },
  }),
];
