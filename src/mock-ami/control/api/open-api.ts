import { z } from 'zod';
import type { ApiRoute } from './api-route.ts';
import { apiError } from './api-schemas.ts';
import { ERROR_STATUSES } from './error-answer.ts';
import { ROUTES } from './routes.ts';

type Json = { readonly [name: string]: unknown };

/** The API's description, OpenAPI 3.1: made of the routes and the schemas that check requests, so that it can't say anything else. */
export function openApi(): Json {
  const paths = new Map<string, Record<string, Json>>();
  for (const route of ROUTES) {
    const path = paths.get(route.path) ?? {};
    path[route.method.toLowerCase()] = operation(route);
    paths.set(route.path, path);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'net-mock-ami control API',
      version: '1',
      description:
        'Plays scenarios on a simulated Asterisk, presses its phones, reads what clients did, and makes things go wrong.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Error: schemaOf(apiError, 'output') },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{}, { token: [] }],
  };
}

function operation(route: ApiRoute): Json {
  const parameters = [...pathParameters(route), ...queryParameters(route)];
  return {
    summary: route.summary,
    operationId: operationId(route),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== undefined && {
      requestBody: {
        required: !acceptsNothing(route.body),
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: {
      [route.status]: {
        description: 'Done',
        ...(route.response !== undefined && {
          content: { 'application/json': { schema: schemaOf(route.response, 'output') } },
        }),
      },
      ...Object.fromEntries(
        ERROR_STATUSES.map((status) => [
          status,
          {
            description: 'An error; its code is of those in the documentation',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        ]),
      ),
    },
  };
}

function pathParameters({ path }: ApiRoute): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: ApiRoute): Json[] {
  if (!(query instanceof z.ZodObject)) return [];
  const { properties = {} } = schemaOf(query, 'output') as { properties?: Readonly<Record<string, Json>> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function acceptsNothing(body: z.ZodType): boolean {
  return body.safeParse({}).success;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
}

/** `getPhonesName`, `postClockRunUntilIdle`. */
function operationId({ method, path }: ApiRoute): string {
  const words = path.split(/[/{}-]+/).filter((word) => word !== '' && word !== 'v1');
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
}
