/**
 * Which keys the language knows at a place, read from the JSON Schema that is published: what suggestions are taken from,
 * and which parts of a path may be repeated.
 */
import { z } from 'zod';
import type { Plain } from './yaml.js';

export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
}

const DISCRIMINATOR = 'scanner';
const made = new WeakMap<z.ZodType, JsonSchema>();

/** As a person writes it: what has a default may be left out. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  let json = made.get(schema);
  if (json === undefined) made.set(schema, (json = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema));
  return json;
}

/** The keys that the object at this path may have. */
export function keysAt(schema: z.ZodType, root: Plain, path: readonly PropertyKey[]): readonly string[] {
  let places: readonly JsonSchema[] = [jsonSchemaOf(schema)];
  let value: Plain | undefined = root;
  for (const part of path) {
    const of = branches(places, value);
    places = of.flatMap((one) => below(one, part));
    value = childOf(value, part);
  }
  return branches(places, value).flatMap(({ properties, propertyNames }) => [
    ...Object.keys(properties ?? {}),
    ...(propertyNames?.enum ?? []),
  ]);
}

/** Every key of the language, wherever it stands. */
export function allKeys(schema: z.ZodType): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (place: JsonSchema): void => {
    for (const [key, one] of Object.entries(place.properties ?? {})) {
      keys.add(key);
      visit(one);
    }
    if (place.items !== undefined) visit(place.items);
    for (const one of [...(place.anyOf ?? []), ...(place.oneOf ?? [])]) visit(one);
  };
  visit(jsonSchemaOf(schema));
  return keys;
}

export function childOf(value: Plain | undefined, part: PropertyKey): Plain | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, part) ? (value as { readonly [key: PropertyKey]: Plain })[part] : undefined;
}

function below({ items, properties, additionalProperties }: JsonSchema, part: PropertyKey): readonly JsonSchema[] {
  if (typeof part === 'number') return items === undefined ? [] : [items];
  const one = properties !== undefined && Object.hasOwn(properties, part) ? properties[String(part)] : undefined;
  if (one !== undefined) return [one];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

/** Of several, those that the value says it is. */
function branches(places: readonly JsonSchema[], value: Plain | undefined): readonly JsonSchema[] {
  const said = childOf(value, DISCRIMINATOR);
  return places.flatMap((place) => {
    const several = place.oneOf ?? place.anyOf;
    if (several === undefined) return [place];
    const named = several.filter(({ properties }) => properties?.[DISCRIMINATOR]?.const === said);
    return named.length > 0 ? named : several;
  });
}
