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
  const names = NAMES.filter((name) => object[name] !== undefined);
  const given = PARAMETERS.filter((name) => object[name] !== undefined);
  if (names.length !== 1 || given.length > 1) return 'malformed';
  const name = object[names[0]];
  if (typeof name !== 'string' || !NAME.test(name)) return 'malformed';
  if (given.length === 0) return { name, parameters: {}, at };
  const parameters = parametersOf(object[given[0]]);
  return parameters === undefined ? 'malformed' : { name, parameters, at: `${at}/${given[0]}` };
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
