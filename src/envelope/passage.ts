/**
 * What becomes of each part of a record: the content is redacted, or what the caller makes of it; handles pass or become
 * references; all else is scanned with its name as a label. Counts what it finds, and knows it from there on.
 */
import { CATEGORIES, type Category } from '../../detectors/contract.js';
import type { Engine, ScanContext } from '../engine/engine.js';
import { CannotScan } from './cannot-scan.js';
import { unwrapBase64, wrapBase64 } from './encoding.js';
import { type Part, passParts, readStream, readString } from './envelope.js';
import { Handles } from './handles.js';
import { HARMLESS } from './record-headers.js';

/** The content of a record, as text or as JSON text, to what may pass of it. */
export type PassContent = (text: string) => string;

const NOTHING: readonly never[] = [];

export class Passage {
  readonly handles: Handles;
  tenant = '';
  private readonly counts = new Map<Category, number>();

  constructor(
    private readonly engine: Engine,
    referenceKey: Uint8Array,
  ) {
    this.handles = new Handles(engine, referenceKey);
  }

  /** Forgets the message before; whose this one is may turn out later. */
  begin(tenant: string): void {
    this.tenant = tenant;
    this.counts.clear();
    this.handles.begin();
  }

  forgetCounts(): void {
    this.counts.clear();
  }

  /** A content that is judged more than once counts once: as it was the last time. */
  recounting(): (text: string, choose: ScanContext['choose']) => string {
    const before = this.counts.size === 0 ? undefined : [...this.counts];
    return (text, choose) => {
      this.counts.clear();
      for (const [category, count] of before ?? []) this.counts.set(category, count);
      return this.redact(text, choose);
    };
  }

  /** What was found, in the order of the law. */
  get found(): readonly (readonly [Category, number])[] {
    const { counts } = this;
    if (counts.size === 0) return NOTHING;
    const found: [Category, number][] = [];
    for (const category of CATEGORIES) {
      const count = counts.get(category);
      if (count !== undefined) found.push([category, count]);
    }
    return found;
  }

  readonly count = (category: Category): void => {
    this.counts.set(category, (this.counts.get(category) ?? 0) + 1);
  };

  redact(text: string, choose?: ScanContext['choose']): string {
    return this.replaced(text, choose) ?? text;
  }

  /** Undefined if nothing is found. What it finds is known from there on, also what `choose` leaves as it stands. */
  private replaced(text: string, choose?: ScanContext['choose']): string | undefined {
    const { content, findings } = this.engine.redact(text, contextOf(this.tenant, choose));
    for (const { category, start, end } of findings) {
      this.count(category);
      this.handles.known.found(category, text.slice(start, end));
    }
    return findings.length === 0 ? undefined : content;
  }

  parts(text: string, parts: readonly Part[], pass: PassContent): string {
    return passParts(text, parts, (part, raw) => this.part(part, raw, pass));
  }

  private part({ name, treatment }: Part, raw: string, pass: PassContent): string {
    switch (treatment) {
      case 'content': {
        if (!raw.startsWith('"')) return pass(raw);
        const content = readString(raw);
        if (content === undefined) throw new CannotScan('envelope-invalid');
        const passed = pass(content);
        return passed === content ? raw : JSON.stringify(passed);
      }
      case 'base64': {
        const wrapped = raw.startsWith('"') ? readString(raw) : undefined;
        if (wrapped === undefined) throw new CannotScan('content-binary');
        const content = unwrapBase64(wrapped);
        const passed = pass(content);
        return passed === content ? raw : JSON.stringify(wrapBase64(passed, wrapped));
      }
      case 'handle': {
        const value = raw.startsWith('"') ? (readString(raw) ?? raw) : raw;
        const passed = this.handles.pass(value, this.tenant, this.count);
        return passed === value ? raw : JSON.stringify(passed);
      }
      case 'person': {
        const value = raw.startsWith('"') ? (readString(raw) ?? raw) : raw;
        return JSON.stringify(this.handles.reference(value, this.tenant));
      }
      case 'trace':
        return HARMLESS.traceparent.test(raw.slice(1, -1)) ? raw : this.member(name, raw);
      case 'time':
        return HARMLESS.ce_time.test(raw.slice(1, -1)) ? raw : this.member(name, raw);
      case 'stream':
        return this.stream(name, raw);
      case 'text':
        return this.member(name, raw);
    }
  }

  /** A stream's id is a handle; a stream of any other shape is scanned. */
  private stream(name: string, raw: string): string {
    const stream = readStream(raw);
    if (stream === undefined) return this.member(name, raw);
    const id = this.handles.pass(stream.id, this.tenant, this.count);
    return id === stream.id ? raw : JSON.stringify({ ...stream, id });
  }

  /** Scanned with its name, which is a label to it. */
  private member(name: string, raw: string): string {
    const object = `{"${name}":${raw}}`;
    const redacted = this.handles.unlessClean(object, () => this.replaced(object));
    if (redacted === undefined) return raw;
    const prefix = `{"${name}":`;
    if (!redacted.startsWith(prefix)) throw new CannotScan('engine-failed');
    return redacted.slice(prefix.length, -1);
  }
}

function contextOf(tenant: string, choose: ScanContext['choose']): ScanContext {
  return choose === undefined ? { tenant } : { tenant, choose };
}
