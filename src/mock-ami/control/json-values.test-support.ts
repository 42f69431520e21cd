import fc from 'fast-check';

/** A JSON Schema, as far as zod writes it. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

/** Values that fit a schema; texts come from `text`. */
export function fitting(schema: Schema, text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => fitting(each, text)));
  const { minimum = 0, maximum = 100_000 } = schema;
  switch (schema.type) {
    case 'string':
      return text;
    case 'integer':
      return fc.integer({ min: Math.max(minimum, -9), max: Math.min(maximum, 100_000) });
    case 'number':
      return fc.oneof(
        fc.constantFrom(minimum, Math.min(maximum, 60_000)),
        fc.double({ min: minimum, max: 30, noNaN: true }),
      );
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(fitting(schema.items ?? {}, text), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'object':
      return objects(schema, text);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function objects({ properties = {}, required = [], additionalProperties }: Schema, text: fc.Arbitrary<string>) {
  if (typeof additionalProperties === 'object')
    return fc.dictionary(text, fitting(additionalProperties, text), { maxKeys: 2 });
  const parts = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, fitting(each, text)]));
  return fc.record(parts, { requiredKeys: required.filter((name) => name in parts) });
}

/** The same value with something else somewhere in it. */
export function spoiled(value: unknown, by: { readonly at: number; readonly with: unknown }): unknown {
  if (typeof value !== 'object' || value === null) return by.with;
  const keys = Object.keys(value);
  const key = keys[by.at % (keys.length + 1)] ?? 'surplus';
  const rest = Math.floor(by.at / (keys.length + 1));
  const old = (value as Readonly<Record<string, unknown>>)[key];
  const changed = rest % 2 === 0 ? by.with : spoiled(old, { at: rest >> 1, with: by.with });
  if (!Array.isArray(value)) return { ...value, [key]: changed };
  const index = Number(key);
  return Number.isInteger(index) ? value.with(index, changed) : [...value, changed];
}
