/**
 * One message to one verdict: pure and synchronous, the same wherever it runs. Whatever goes wrong is a verdict too,
 * `could-not-scan` with a reason; nothing of the message is in a reason or in the facts.
 */
import { isUtf8 } from 'node:buffer';
import { CATEGORIES, type Category } from '../detectors/contract.js';
import { createEngine, type Engine } from './engine/engine.js';
import { CannotScan, reasonOf } from './envelope/cannot-scan.js';
import { unwrapBase64, wrapBase64 } from './envelope/encoding.js';
import {
  handlesOf,
  openEnvelope,
  type Part,
  passParts,
  readStream,
  readString,
  type Stated,
} from './envelope/envelope.js';
import { Handles } from './envelope/handles.js';
import { HARMLESS, type KnownHeaders, passHeaders, readHeaders, tooMany } from './envelope/record-headers.js';
import { isText } from './envelope/text.js';
import { keyScanBytesMax } from './limits.js';
import type { Facts, Task } from './message.js';
import type { Plan } from './policy/plan.js';
import type { Verdict } from './verdict.js';

export interface Judge {
  /** `now` is the clock for ages, in milliseconds since 1970. */
  judge(task: Task, now: number): Verdict;
}

export function createJudge(plan: Plan): Judge {
  return new PlannedJudge(plan);
}

const NO_FACTS: KnownHeaders = {
  binary: false,
  contentType: undefined,
  readable: true,
  encoding: 'none',
  stated: {},
  patients: [],
};

class PlannedJudge implements Judge {
  private readonly engine: Engine;
  private readonly handles: Handles;
  private now = 0;
  private counts: Record<string, number> = {};

  constructor(private readonly plan: Plan) {
    this.engine = createEngine({
      style: plan.style,
      categories: plan.categories,
      confidenceMin: plan.confidenceMin,
      key: plan.referenceKey,
      now: () => new Date(this.now),
    });
    this.handles = new Handles(this.engine, plan.referenceKey);
  }

  judge(task: Task, now: number): Verdict {
    this.now = now;
    this.counts = {};
    const { known } = this.handles;
    known.clear();
    let stated: Stated = {};
    try {
      if (tooMany(task.headers)) throw new CannotScan('headers-too-many');
      const said = task.headers.length === 0 ? NO_FACTS : readHeaders(task.headers);
      stated = said.stated;
      for (const patient of said.patients) known.person(patient);
      if (task.value === null) return this.verdict(task, stated, undefined);
      const text = this.decode(task.value, said);
      const opened = openEnvelope(text, said);
      if (typeof opened === 'string') throw new CannotScan(opened);
      stated = opened.stated;
      if (stated.patient !== undefined) known.person(stated.patient);
      const tenant = this.tenantOf(stated);
      let content = opened.parts === null ? this.redact(text, tenant) : this.splice(text, opened.parts, tenant);
      if (opened.loose) content = this.splice(content, handlesOf(content), tenant);
      const wrapped = said.encoding === 'none' ? content : wrapBase64(content, task.value.toString());
      return this.verdict(task, stated, content === text ? undefined : Buffer.from(wrapped));
    } catch (error) {
      const key = this.keyAfterFailure(task.key, stated);
      const facts = this.factsAfterFailure(task, stated);
      return { outcome: 'could-not-scan', reason: reasonOf(error), facts, ...(key && { key }) };
    }
  }

  private decode(value: Buffer, read: KnownHeaders): string {
    if (value.length > this.plan.messageBytesMax) throw new CannotScan('too-large');
    if (read.encoding === 'unread') throw new CannotScan('content-binary');
    if (!read.readable || !isText(value)) throw new CannotScan('not-utf8');
    const text = value.toString('utf8');
    return read.encoding === 'none' ? text : unwrapBase64(text);
  }

  private splice(text: string, parts: readonly Part[], tenant: string): string {
    return passParts(text, parts, (part, raw) => this.pass(part, raw, tenant));
  }

  private pass({ name, treatment }: Part, raw: string, tenant: string): string {
    switch (treatment) {
      case 'content': {
        if (!raw.startsWith('"')) return this.redact(raw, tenant);
        const content = readString(raw);
        if (content === undefined) throw new CannotScan('envelope-invalid');
        const redacted = this.redact(content, tenant);
        return redacted === content ? raw : JSON.stringify(redacted);
      }
      case 'base64': {
        const wrapped = raw.startsWith('"') ? readString(raw) : undefined;
        if (wrapped === undefined) throw new CannotScan('content-binary');
        const content = unwrapBase64(wrapped);
        const redacted = this.redact(content, tenant);
        return redacted === content ? raw : JSON.stringify(wrapBase64(redacted, wrapped));
      }
      case 'handle': {
        const value = raw.startsWith('"') ? (readString(raw) ?? raw) : raw;
        const passed = this.handles.pass(value, tenant, this.count);
        return passed === value ? raw : JSON.stringify(passed);
      }
      case 'person': {
        const value = raw.startsWith('"') ? (readString(raw) ?? raw) : raw;
        return JSON.stringify(this.handles.reference(value, tenant));
      }
      case 'trace':
        return HARMLESS.traceparent.test(raw.slice(1, -1)) ? raw : this.member(name, raw, tenant);
      case 'time':
        return HARMLESS.ce_time.test(raw.slice(1, -1)) ? raw : this.member(name, raw, tenant);
      case 'stream':
        return this.stream(name, raw, tenant);
      case 'text':
        return this.member(name, raw, tenant);
    }
  }

  /** A stream's id is a handle; a stream of any other shape is scanned. */
  private stream(name: string, raw: string, tenant: string): string {
    const stream = readStream(raw);
    if (stream === undefined) return this.member(name, raw, tenant);
    const id = this.handles.pass(stream.id, tenant, this.count);
    return id === stream.id ? raw : JSON.stringify({ ...stream, id });
  }

  /** Scanned with its name, which is a label to it. */
  private member(name: string, raw: string, tenant: string): string {
    const object = `{"${name}":${raw}}`;
    if (!this.handles.finds(object)) return raw;
    const redacted = this.redact(object, tenant);
    const prefix = `{"${name}":`;
    if (!redacted.startsWith(prefix)) throw new CannotScan('engine-failed');
    return redacted.slice(prefix.length, -1);
  }

  /** What it finds is known from there on. */
  private redact(text: string, tenant: string): string {
    const { content, findings } = this.engine.redact(text, { tenant });
    for (const { category, start, end } of findings) {
      this.count(category);
      this.handles.known.found(category, text.slice(start, end));
    }
    return findings.length === 0 ? text : content;
  }

  private readonly count = (category: Category): void => {
    this.counts[category] = (this.counts[category] ?? 0) + 1;
  };

  /** Clean is what nothing was replaced in: neither in the value nor in its headers or its key. */
  private verdict(task: Task, stated: Stated, value: Buffer | undefined): Verdict {
    const tenant = this.tenantOf(stated);
    const key = this.passKey(task.key, tenant);
    const { headers, dropped, redacted } =
      task.headers.length === 0
        ? { headers: undefined, dropped: 0, redacted: 0 }
        : passHeaders(task.headers, this.handles, (text) => this.redact(text, tenant), tenant, this.count);
    const facts = JSON.stringify(this.facts(task, stated, dropped));
    const touched = value !== undefined || key !== undefined || redacted > 0;
    return {
      outcome: task.value === null ? 'tombstone' : touched ? 'redacted' : 'clean',
      reason: 'none',
      facts,
      ...(value === undefined ? {} : { value }),
      ...(key === undefined ? {} : { key }),
      ...(headers === undefined ? {} : { headers }),
    };
  }

  /** A key that cannot be read, or that an identifier is found in, becomes its keyed reference: equal keys stay equal. */
  private passKey(key: Buffer | null, tenant: string): Buffer | undefined {
    if (key === null || key.length === 0) return undefined;
    if (key.length > keyScanBytesMax || !isUtf8(key)) {
      this.count('other-id');
      return Buffer.from(this.handles.reference(key, tenant));
    }
    const text = key.toString();
    const passed = this.handles.pass(text, tenant, this.count);
    return passed === text ? undefined : Buffer.from(passed);
  }

  private tenantOf({ tenant }: Stated): string {
    return tenant === undefined || tenant === '' ? this.plan.tenant : tenant;
  }

  private facts(task: Task, stated: Stated, headersDropped: number): Facts {
    const tenant = this.tenantOf(stated);
    const { handles, counts } = this;
    const { id, agent, session, patient, recipient } = stated;
    const facts: { -readonly [K in keyof Facts]: Facts[K] } = {
      tenant: handles.pass(tenant, tenant),
      surface: task.surface,
    };
    if (id) facts.id = handles.pass(id, tenant);
    if (agent) facts.agent = handles.pass(agent, tenant);
    if (session) facts.session = handles.pass(session, tenant);
    if (patient) facts.patient = handles.reference(patient, tenant);
    if (recipient) facts.recipient = handles.reference(recipient, tenant);
    const found = CATEGORIES.filter((category) => counts[category] !== undefined);
    if (found.length > 0) facts.findings = Object.fromEntries(found.map((one) => [one, counts[one]]));
    const rules = this.plan.incidents.filter(({ categories }) => categories.some((one) => found.includes(one)));
    if (rules.length > 0) facts.rules = rules.map(({ name }) => name);
    if (headersDropped > 0) facts.headersDropped = headersDropped;
    return facts;
  }

  /** Also one that may stay as it is, since nobody else has looked at it; none if it cannot be scanned either. */
  private keyAfterFailure(key: Buffer | null, stated: Stated): Buffer | undefined {
    try {
      return this.passKey(key, this.tenantOf(stated)) ?? key ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The handles are strings of the message too; if they cannot be scanned either, nothing is said about it. */
  private factsAfterFailure(task: Task, stated: Stated): string {
    this.counts = {};
    try {
      return JSON.stringify(this.facts(task, stated, 0));
    } catch {
      return JSON.stringify({ tenant: this.plan.tenant, surface: task.surface } satisfies Facts);
    }
  }
}
