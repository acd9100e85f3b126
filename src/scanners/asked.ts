/**
 * What a tool call asks for, read once from its parameters: which patients, which kinds of data, how many records, to whom
 * it would send. Parameters are known by their names, as agents' platforms and EHRs write them; what nobody can read counts.
 */
import { CHANNELS, type Tool } from '../directory/directory.js';
import type { Json } from '../engine/object.js';
import { callDepthMax, callLeavesMax } from '../limits.js';
import { folded } from './data-categories.js';
import { isWildcard, type Role, roleOf, wordsOf } from './parameters.js';
import type { Recipient, ToolCall } from './scanner.js';

/** A kind of data that a call names. */
export interface Named {
  readonly category: string;
  /** Where it can be taken out: an element or member of a list with others; undefined where it cannot. */
  readonly pointer: string | undefined;
}

export interface Asked {
  /** Ids as they stand there. */
  readonly patients: readonly string[];
  readonly named: readonly Named[];
  /** Of data that nobody knows by that name. */
  readonly unknown: readonly (string | undefined)[];
  /** How many each list of data holds, by its pointer: one that is emptied would ask for everything. */
  readonly lists: ReadonlyMap<string, number>;
  readonly wildcards: number;
  /** The largest number of records that is asked for; `unbounded` if what is said is no such number. */
  readonly records: number | 'unbounded' | undefined;
  readonly recipients: readonly Recipient[];
  readonly operations: readonly string[];
  /** There is more in it than is read. */
  readonly overlong: boolean;
}

/** Words for kinds of data, folded, to the kind; and those words that are its very name. */
export interface Vocabulary {
  readonly words: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

/** Longer ones are no words for data. */
const WORD_UNITS_MAX = 64;

/** Between names of data in one text. */
const SEPARATOR = /[,;|]/;
const PATIENT_PATH = /\bPatient\/([A-Za-z0-9.-]{1,64})/g;

export function askedOf(call: ToolCall, tool: Tool | undefined, vocabulary: Vocabulary): Asked {
  return new Reader(tool, vocabulary).read(call);
}

class Reader {
  private readonly patients: string[] = [];
  private readonly named: Named[] = [];
  private readonly unknown: (string | undefined)[] = [];
  private readonly lists = new Map<string, number>();
  private readonly recipients: Recipient[] = [];
  private readonly operations: string[] = [];
  private wildcards = 0;
  private records: number | 'unbounded' | undefined;
  private overlong = false;
  private leaves = 0;
  /** There is no sense in reading on. */
  private ended = false;
  private readonly fields: ReadonlyMap<string, string>;

  constructor(
    tool: Tool | undefined,
    private readonly vocabulary: Vocabulary,
  ) {
    this.fields = tool === undefined ? NO_FIELDS : fieldsOf(tool);
  }

  read({ parameters, at }: ToolCall): Asked {
    this.visit(parameters, at, 0, undefined, false);
    const { patients, named, unknown, lists, wildcards, records, recipients, operations, overlong } = this;
    return { patients, named, unknown, lists, wildcards, records, recipients, operations, overlong };
  }

  /** `listed`: it stands in a list that it can be taken out of. Of several, the last is read first. */
  private visit(value: Json, pointer: string, depth: number, role: Role | undefined, listed: boolean): void {
    if (this.ended) return;
    if (++this.leaves > callLeavesMax || depth > callDepthMax) {
      this.overlong = true;
      this.ended = true;
    } else if (typeof value !== 'object' || value === null) this.take(value, pointer, role, listed);
    else if (Array.isArray(value)) this.openList(value, pointer, depth, role);
    else this.open(value as Members, pointer, depth, role);
  }

  private openList(values: readonly Json[], pointer: string, depth: number, role: Role | undefined): void {
    const asks = role === 'data';
    if (asks) this.lists.set(pointer, values.length);
    if (role === 'ids') this.count(values.length);
    for (let i = values.length - 1; i >= 0; i--) {
      const child = values[i];
      this.visit(child, asks || typeof child === 'object' ? `${pointer}/${i}` : '', depth + 1, role, asks);
    }
  }

  private open(members: Members, pointer: string, depth: number, role: Role | undefined): void {
    const keys = Object.keys(members);
    const asks = role === 'data';
    if (asks) this.lists.set(pointer, keys.length);
    const inherits = typeof role === 'object' ? channelled(role, members) : role === 'patient' ? role : undefined;
    for (const key of keys) {
      // {"demographics": true, "medications": true} names them as ["demographics", "medications"] does.
      if (asks) this.data(key, `${pointer}/${escaped(key)}`);
      else this.field(key);
    }
    for (let i = keys.length - 1; i >= 0; i--) {
      const key = keys[i];
      const child = members[key];
      // Only what may be taken out, and what is within it, needs to be found again.
      const below = asks || typeof child === 'object' ? `${pointer}/${escaped(key)}` : '';
      const of = roleOf(key) ?? (inherits && isId(key) ? inherits : undefined);
      this.visit(child, below, depth + 1, of, false);
    }
  }

  private take(
    value: string | number | boolean | null,
    pointer: string,
    role: Role | undefined,
    listed: boolean,
  ): void {
    if (value === null || value === '') return;
    if (role === 'records') this.count(value);
    if (typeof value === 'boolean') return;
    if (typeof value === 'number' && (role === undefined || role === 'records')) return;
    const text = String(value);
    if (isWildcard(text, role)) this.wildcards++;
    if (role === 'patient') this.patients.push(text);
    else if (typeof value === 'string') {
      if (value.includes('Patient/')) for (const [, id] of value.matchAll(PATIENT_PATH)) this.patients.push(id);
    }
    if (role === 'operation') this.operations.push(text);
    if (typeof role === 'object')
      this.recipients.push({ address: text, ...(role.channel && { channel: role.channel }) });
    if (role === 'data') this.dataList(text, listed ? pointer : undefined);
    else if (role === 'query') this.search(text);
    else this.field(text);
  }

  /** One name, or several with commas between, of which none can be taken out alone. */
  private dataList(text: string, pointer: string | undefined): void {
    const parts = SEPARATOR.test(text) ? text.split(SEPARATOR) : [text];
    for (const part of parts) if (part.trim() !== '') this.data(part, parts.length === 1 ? pointer : undefined);
  }

  private data(text: string, pointer: string | undefined): void {
    const category = this.categoryOf(text);
    if (category !== undefined) this.named.push({ category, pointer });
    else if (!isWildcard(text, 'data')) this.unknown.push(pointer);
  }

  /** A word elsewhere counts if it is the very name of a kind of data, or of a field of the tool. */
  private field(text: string): void {
    if (text.length > WORD_UNITS_MAX) return;
    const category = this.fieldOf(text) ?? this.vocabulary.names.get(folded(text));
    if (category !== undefined) this.named.push({ category, pointer: undefined });
  }

  /** In a question, words that follow each other. */
  private search(text: string): void {
    const runs = wordsOf(text);
    if (runs === undefined) this.overlong = true;
    for (const words of runs ?? []) {
      const category = this.categoryOf(words);
      if (category !== undefined) this.named.push({ category, pointer: undefined });
    }
  }

  private categoryOf(text: string): string | undefined {
    if (text.length > WORD_UNITS_MAX) return undefined;
    return this.fieldOf(text) ?? this.vocabulary.words.get(folded(text));
  }

  private fieldOf(text: string): string | undefined {
    return this.fields.size === 0 ? undefined : this.fields.get(text.trim());
  }

  private count(said: string | number | boolean): void {
    const number = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
    if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) this.records = 'unbounded';
    else if (this.records !== 'unbounded') this.records = Math.max(this.records ?? 0, number);
  }
}

type Members = { readonly [key: string]: Json };

const NO_FIELDS: ReadonlyMap<string, string> = new Map();
const fieldsOfTools = new WeakMap<Tool, ReadonlyMap<string, string>>();

/** As a table: a message's words are looked up in it, and an object is slow to be asked for what it does not have. */
function fieldsOf(tool: Tool): ReadonlyMap<string, string> {
  let fields = fieldsOfTools.get(tool);
  if (fields === undefined) fieldsOfTools.set(tool, (fields = new Map(Object.entries(tool.fields))));
  return fields;
}

function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

function isId(key: string): boolean {
  return /^(id|ids|reference|value|identifier|mrn|address|number)$/.test(folded(key));
}

/** `{"channel": "fax", "address": …}` */
function channelled(role: Exclude<Role, string>, value: Members): Role {
  const said = 'channel' in value ? value.channel : undefined;
  const channel = CHANNELS.find((one) => one === said);
  return channel === undefined ? role : { channel };
}
