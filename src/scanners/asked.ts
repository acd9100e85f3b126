/**
 * What a tool call asks for, read once from its parameters: which patients, which kinds of data, how many records, to whom
 * it would send. Parameters are known by their names, as agents' platforms and EHRs write them; what nobody can read counts.
 */
import { CHANNELS, type Tool } from '../directory/directory.js';
import type { Json } from '../engine/object.js';
import { callDepthMax, callLeavesMax } from '../limits.js';
import { folded } from './data-categories.js';
import { type Glossary, SEPARATOR, type Vocabulary } from './glossary.js';
import { isWildcard, type Role, wordsOf } from './parameters.js';
import { isAddress } from './recipient.js';
import { NONE, type Recipient, type ToolCall } from './scanner.js';

/** A kind of data that a call names. */
export interface Named {
  readonly category: string;
  /** Where it can be taken out: an element or member of a list with others; undefined where it cannot. */
  readonly pointer: string | undefined;
}

interface List {
  readonly pointer: string;
  readonly count: number;
}

export interface Asked {
  /** Ids as they stand there. */
  readonly patients: readonly string[];
  readonly named: readonly Named[];
  /** Of data that nobody knows by that name. */
  readonly unknown: readonly (string | undefined)[];
  /** How many each list of data holds: one that is emptied would ask for everything. */
  readonly lists: readonly List[];
  readonly wildcards: number;
  /** The largest number of records that is asked for; `unbounded` if what is said is no such number. */
  readonly records: number | 'unbounded' | undefined;
  readonly recipients: readonly Recipient[];
  /** What is an address by its form, whatever it is called: of a call that sends, to whom it goes. */
  readonly addresses: readonly string[];
  readonly operations: readonly string[];
  /** There is more in it than is read. */
  readonly overlong: boolean;
}

const PATIENT_PATH = /\bPatient\/([A-Za-z0-9.-]{1,64})/g;

export function askedOf(call: ToolCall, tool: Tool | undefined, vocabulary: Vocabulary): Asked {
  return new Reader(vocabulary.for(tool)).read(call);
}

/** Most calls ask for little: lists are made for what is there. */
class Reader {
  private patients: string[] | undefined;
  private named: Named[] | undefined;
  private unknown: (string | undefined)[] | undefined;
  private lists: List[] | undefined;
  private recipients: Recipient[] | undefined;
  private addresses: string[] | undefined;
  private operations: string[] | undefined;
  private wildcards = 0;
  private records: number | 'unbounded' | undefined;
  private overlong = false;
  private leaves = 0;
  /** There is no sense in reading on. */
  private ended = false;

  constructor(private readonly glossary: Glossary) {}

  read({ parameters, at }: ToolCall): Asked {
    this.visit(parameters, at, 0, undefined, false);
    const { wildcards, records, overlong } = this;
    return {
      patients: this.patients ?? NONE,
      named: this.named ?? NONE,
      unknown: this.unknown ?? NONE,
      lists: this.lists ?? NONE,
      wildcards,
      records,
      recipients: this.recipients ?? NONE,
      addresses: this.addresses ?? NONE,
      operations: this.operations ?? NONE,
      overlong,
    };
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
    if (asks) (this.lists ??= []).push({ pointer, count: values.length });
    if (role === 'ids') this.count(values.length);
    for (let i = values.length - 1; i >= 0; i--) {
      const child = values[i];
      this.visit(child, asks || typeof child === 'object' ? `${pointer}/${i}` : '', depth + 1, role, asks);
    }
  }

  private open(members: Members, pointer: string, depth: number, role: Role | undefined): void {
    const keys = Object.keys(members);
    const asks = role === 'data';
    if (asks) (this.lists ??= []).push({ pointer, count: keys.length });
    const inherits = typeof role === 'object' ? channelled(role, members) : role === 'patient' ? role : undefined;
    for (const key of keys) {
      // {"demographics": true, "medications": true} names them as ["demographics", "medications"] does.
      if (asks) this.data(key, `${pointer}/${escaped(key)}`);
      else this.name(this.glossary.name(key).category, undefined);
    }
    for (let i = keys.length - 1; i >= 0; i--) {
      const key = keys[i];
      const child = members[key];
      // Only what may be taken out, and what is within it, needs to be found again.
      const below = asks || typeof child === 'object' ? `${pointer}/${escaped(key)}` : '';
      const of = this.glossary.name(key).role ?? (inherits && isId(key) ? inherits : undefined);
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
    if (role === 'data') {
      this.addressed(text);
      this.dataList(text, listed ? pointer : undefined);
      return;
    }
    if (isWildcard(text, role)) this.wildcards++;
    if (role === 'patient') (this.patients ??= []).push(text);
    else if (typeof value === 'string') this.addressed(text);
    if (role === 'operation') (this.operations ??= []).push(text);
    if (typeof role === 'object')
      (this.recipients ??= []).push({ address: text, ...(role.channel && { channel: role.channel }) });
    // "forward_to", "additional": nobody lists all the names for whom something goes to.
    else if (role === undefined && typeof value === 'string' && isAddress(text)) (this.addresses ??= []).push(text);
    if (role === 'query') this.search(text);
    // A word elsewhere counts if it is the very name of a kind of data, or of a field of the tool.
    else this.name(this.glossary.nameOf(text), undefined);
  }

  /** Patients that a text refers to as FHIR does. */
  private addressed(text: string): void {
    if (!text.includes('Patient/')) return;
    for (const [, id] of text.matchAll(PATIENT_PATH)) (this.patients ??= []).push(id);
  }

  /** One name, or several with commas between, of which none can be taken out alone. */
  private dataList(text: string, pointer: string | undefined): void {
    const datum = this.glossary.datum(text);
    if (datum === undefined) {
      if (isWildcard(text, 'data')) this.wildcards++;
      const parts = text.split(SEPARATOR);
      for (const part of parts) if (part.trim() !== '') this.data(part, parts.length === 1 ? pointer : undefined);
      return;
    }
    const { category, wildcard, blank } = datum;
    if (wildcard) this.wildcards++;
    if (category !== undefined) this.name(category, pointer);
    else if (!wildcard && !blank) (this.unknown ??= []).push(pointer);
  }

  private data(text: string, pointer: string | undefined): void {
    const category = this.glossary.categoryOf(text);
    if (category !== undefined) this.name(category, pointer);
    else if (!isWildcard(text, 'data')) (this.unknown ??= []).push(pointer);
  }

  private name(category: string | undefined, pointer: string | undefined): void {
    if (category !== undefined) (this.named ??= []).push({ category, pointer });
  }

  /** In a question, words that follow each other. */
  private search(text: string): void {
    const runs = wordsOf(text);
    if (runs === undefined) this.overlong = true;
    for (const words of runs ?? []) this.name(this.glossary.categoryOf(words), undefined);
  }

  private count(said: string | number | boolean): void {
    const number = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
    if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) this.records = 'unbounded';
    else if (this.records !== 'unbounded') this.records = Math.max(this.records ?? 0, number);
  }
}

type Members = { readonly [key: string]: Json };

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
