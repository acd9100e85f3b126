/**
 * Reads a tool call from its content: `{name, parameters}` under any of the names that agents' platforms use, with
 * parameters as an object or as its JSON text. What could be read in two ways, or holds several calls, is malformed.
 */
import type { Json } from '../engine/object.js';
import { hasTwins } from './json-twins.js';
import type { ToolCall } from './scanner.js';

const NAMES = ['name', 'tool_name', 'toolName'] as const;
const PARAMETERS = ['parameters', 'arguments', 'input', 'params'] as const;
/** What a tool may be called. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_./:-]{0,127}$/;

type JsonObject = Readonly<Record<string, Json>>;

export function readCall(text: string): ToolCall | 'malformed' {
  const whole = objectIn(text);
  if (whole === undefined) return 'malformed';
  // The platform that came first wraps it: {"type": "function", "function": {…}}.
  const inner = whole.function !== undefined && isObject(whole.function) ? whole.function : undefined;
  const at = inner === undefined ? '' : '/function';
  const object = inner ?? whole;
  const named = only(NAMES, object);
  const given = only(PARAMETERS, object);
  if (named === undefined || named === 'several' || given === 'several') return 'malformed';
  const name = object[named];
  if (typeof name !== 'string' || !NAME.test(name)) return 'malformed';
  if (given === undefined) return { name, parameters: {}, at };
  const parameters = parametersOf(object[given]);
  return parameters === undefined ? 'malformed' : { name, parameters, at: `${at}/${given}` };
}

/** Which of the names an object has. */
function only<N extends string>(names: readonly N[], object: JsonObject): N | 'several' | undefined {
  let found: N | undefined;
  for (const name of names) {
    if (object[name] === undefined) continue;
    if (found !== undefined) return 'several';
    found = name;
  }
  return found;
}

function parametersOf(value: Json): JsonObject | undefined {
  if (value === null || value === '') return {};
  return typeof value === 'string' ? objectIn(value) : isObject(value) ? value : undefined;
}

/** The object that a text is, if no member of it stands there twice. */
function objectIn(text: string): JsonObject | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  return isObject(value) && !hasTwins(text, value) ? value : undefined;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
