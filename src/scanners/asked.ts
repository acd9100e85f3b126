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

interface Leaf {
  readonly value: Json;
  readonly pointer: string;
  readonly depth: number;
  readonly role: Role | undefined;
  /** The list that it is in, if it can be taken out of it. */
  readonly list: string | undefined;
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
  private readonly stack: Leaf[] = [];

  constructor(
    private readonly tool: Tool | undefined,
    private readonly vocabulary: Vocabulary,
  ) {}

  read({ parameters, at }: ToolCall): Asked {
    this.stack.push({ value: parameters, pointer: at, depth: 0, role: undefined, list: undefined });
    let leaves = 0;
    for (let leaf = this.stack.pop(); leaf !== undefined; leaf = this.stack.pop()) {
      if (++leaves > callLeavesMax || leaf.depth > callDepthMax) {
        this.overlong = true;
        break;
      }
      if (typeof leaf.value === 'object' && leaf.value !== null) this.open(leaf, leaf.value);
      else this.take(leaf, leaf.value);
    }
    const { patients, named, unknown, lists, wildcards, records, recipients, operations, overlong } = this;
    return { patients, named, unknown, lists, wildcards, records, recipients, operations, overlong };
  }

  private open({ pointer, depth, role }: Leaf, value: readonly Json[] | { readonly [key: string]: Json }): void {
    const isList = Array.isArray(value);
    const keys = Object.keys(value);
    const asks = role === 'data';
    if (asks) this.lists.set(pointer, keys.length);
    if (isList && role === 'ids') this.count(keys.length);
    const inherits = typeof role === 'object' ? channelled(role, value) : role === 'patient' ? role : undefined;
    for (const key of keys) {
      const child = (value as { readonly [key: string]: Json })[key];
      // Only what may be taken out, and what is within it, needs to be found again.
      const below = asks || typeof child === 'object' ? `${pointer}/${escaped(key)}` : '';
      const of = isList ? role : (roleOf(key) ?? (inherits && isId(key) ? inherits : undefined));
      // {"demographics": true, "medications": true} names them as ["demographics", "medications"] does.
      if (!isList && asks) this.data(key, below);
      else if (!isList) this.field(key);
      const list = isList && asks ? pointer : undefined;
      this.stack.push({ value: child, pointer: below, depth: depth + 1, role: of, list });
    }
  }

  private take({ pointer, role, list }: Leaf, value: string | number | boolean | null): void {
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
    if (role === 'data') this.dataList(text, list === undefined ? undefined : pointer);
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

  /** What a tool calls a field may be `constructor`: no member of every object is text. */
  private fieldOf(text: string): string | undefined {
    const category: unknown = this.tool?.fields[text.trim()];
    return typeof category === 'string' ? category : undefined;
  }

  private count(said: string | number | boolean): void {
    const number = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
    if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) this.records = 'unbounded';
    else if (this.records !== 'unbounded') this.records = Math.max(this.records ?? 0, number);
  }
}

function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

function isId(key: string): boolean {
  return /^(id|ids|reference|value|identifier|mrn|address|number)$/.test(folded(key));
}

/** `{"channel": "fax", "address": …}` */
function channelled(role: Exclude<Role, string>, value: readonly Json[] | { readonly [key: string]: Json }): Role {
  const said = 'channel' in value ? value.channel : undefined;
  const channel = CHANNELS.find((one) => one === said);
  return channel === undefined ? role : { channel };
}
