/**
 * What names and words in a tool call mean to one policy and one tool: which role a parameter's name gives its value, and which
 * kind of data a word names. The same come with call after call, and what they mean is remembered.
 */
import type { Tool } from '../directory/directory.js';
import { folded } from './data-categories.js';
import { isWildcard, type Role, roleOf } from './parameters.js';

/** Longer ones are no words for data. */
const WORD_UNITS_MAX = 64;
/** When there are more, it begins anew. */
const REMEMBERED_MAX = 1024;

/** Between names of data in one text. */
export const SEPARATOR = /[,;|]/;
const DIGIT = /[0-9]/;

/** A parameter's name. */
export interface Name {
  readonly role: Role | undefined;
  /** The kind of data that it is the very name of. */
  readonly category: string | undefined;
}

/** One word where kinds of data are named. */
export interface Datum {
  readonly category: string | undefined;
  readonly wildcard: boolean;
  readonly blank: boolean;
}

/** Words for kinds of data, folded, to the kind; and those that are its very name. */
export class Vocabulary {
  readonly names: ReadonlyMap<string, string>;
  private readonly byTool = new WeakMap<Tool, Glossary>();
  private readonly plain: Glossary;

  constructor(readonly words: ReadonlyMap<string, string>) {
    this.names = new Map([...words].filter(([word, category]) => folded(category) === word));
    this.plain = new Glossary(this, {});
  }

  for(tool: Tool | undefined): Glossary {
    if (tool === undefined) return this.plain;
    let glossary = this.byTool.get(tool);
    if (glossary === undefined) this.byTool.set(tool, (glossary = new Glossary(this, tool.fields)));
    return glossary;
  }
}

export class Glossary {
  /** As a table: an object is slow to be asked for what it does not have. */
  private readonly fields: ReadonlyMap<string, string>;
  /** Whether any very name of data has a digit; most texts that are none have one. */
  private readonly digits: boolean;
  private readonly names = new Map<string, Name>();
  private readonly data = new Map<string, Datum>();

  constructor(
    private readonly vocabulary: Vocabulary,
    fields: Tool['fields'],
  ) {
    this.fields = new Map(Object.entries(fields));
    this.digits = [...this.fields.keys(), ...vocabulary.names.keys()].some((name) => DIGIT.test(name));
  }

  name(key: string): Name {
    let name = this.names.get(key);
    if (name === undefined) {
      name = { role: roleOf(key), category: this.nameOf(key) };
      remember(this.names, key, name);
    }
    return name;
  }

  /** Undefined for what may be more than one word. */
  datum(text: string): Datum | undefined {
    let datum = this.data.get(text);
    if (datum === undefined) {
      if (text.length > WORD_UNITS_MAX || SEPARATOR.test(text)) return undefined;
      const blank = text.trim() === '';
      datum = { category: blank ? undefined : this.categoryOf(text), wildcard: isWildcard(text, 'data'), blank };
      remember(this.data, text, datum);
    }
    return datum;
  }

  /** The kind of data that a text is the very name of, or a field of the tool. */
  nameOf(text: string): string | undefined {
    if (text.length > WORD_UNITS_MAX || (!this.digits && hasDigit(text))) return undefined;
    return this.fieldOf(text) ?? this.vocabulary.names.get(folded(text));
  }

  categoryOf(text: string): string | undefined {
    if (text.length > WORD_UNITS_MAX) return undefined;
    return this.fieldOf(text) ?? this.vocabulary.words.get(folded(text));
  }

  private fieldOf(text: string): string | undefined {
    return this.fields.size === 0 ? undefined : this.fields.get(text.trim());
  }
}

/** Whether a text in ASCII has a digit, which stays one however it is folded. */
function hasDigit(text: string): boolean {
  let found = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    found ||= unit >= 0x30 && unit <= 0x39;
  }
  return found;
}

function remember<T>(known: Map<string, T>, text: string, one: T): void {
  if (text.length > WORD_UNITS_MAX) return;
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(text, one);
}
