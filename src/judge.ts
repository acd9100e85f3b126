/**
 * One message to one verdict: pure and synchronous, the same wherever it runs. Whatever goes wrong is a verdict too,
 * `could-not-scan` with a reason; nothing of the message is in a reason or in the facts.
 */
import { isUtf8 } from 'node:buffer';
import type { Directory } from './directory/directory.js';
import { createEngine } from './engine/engine.js';
import { CannotScan, reasonOf } from './envelope/cannot-scan.js';
import { unwrapBase64, wrapBase64 } from './envelope/encoding.js';
import { handlesOf, openEnvelope } from './envelope/envelope.js';
import { writeFacts } from './envelope/facts.js';
import type { Member } from './envelope/members.js';
import { Passage } from './envelope/passage.js';
import { type KnownHeaders, passHeaders, readHeaders, tooMany } from './envelope/record-headers.js';
import { nothingStated, type Stated } from './envelope/stated.js';
import { isText } from './envelope/text.js';
import { keyScanBytesMax } from './limits.js';
import type { Facts, Surface, Task } from './message.js';
import { hasRules, type Plan } from './policy/plan.js';
import type { Rosters } from './roster/rosters.js';
import { type Heard, Hearing } from './scanners/hearing.js';
import { NO_DIRECTORY } from './scanners/no-directory.js';
import type { Claims } from './scanners/scanner.js';
import type { Verdict } from './verdict.js';

export interface Judge {
  /** `now` is the clock for ages and for what expires, in milliseconds since 1970. */
  judge(task: Task, now: number, directory?: Directory, rosters?: Rosters): Verdict;
}

export function createJudge(plan: Plan): Judge {
  return new PlannedJudge(plan);
}

const NO_FACTS: KnownHeaders = {
  binary: false,
  contentType: undefined,
  readable: true,
  encoding: 'none',
  stated: nothingStated(),
  patients: [],
};

/** Member by member, so that those of all messages are of one form, which whoever reads them relies on. */
function claimsOf(stated: Stated, tenant: string, surface: Surface, approved: readonly string[] | undefined): Claims {
  const { agent, session, patient, task, purpose, provider, recipient, identity, breakGlass } = stated;
  const claims = {
    tenant,
    surface,
    agent,
    session,
    patient,
    task,
    purpose,
    provider,
    recipient,
    identity,
    breakGlass,
    approved,
  } satisfies Record<keyof Claims, unknown>;
  return claims as Claims;
}

class PlannedJudge implements Judge {
  private readonly passage: Passage;
  /** Without rules there is nothing to hear. */
  private readonly hearing: Hearing | undefined;
  private now = 0;
  private directory = NO_DIRECTORY;
  private rosters: Rosters | undefined;
  private heard: Heard | undefined;

  constructor(private readonly plan: Plan) {
    const engine = createEngine({
      style: plan.style,
      categories: plan.categories,
      confidenceMin: plan.confidenceMin,
      key: plan.referenceKey,
      now: () => new Date(this.now),
    });
    this.passage = new Passage(engine, plan.referenceKey);
    this.hearing = hasRules(plan) ? new Hearing(plan) : undefined;
  }

  judge(task: Task, now: number, directory = NO_DIRECTORY, rosters?: Rosters): Verdict {
    this.now = now;
    this.directory = directory;
    this.rosters = rosters;
    this.heard = undefined;
    const { passage } = this;
    const { known } = passage.handles;
    passage.begin(this.plan.tenant);
    let { stated } = NO_FACTS;
    try {
      if (tooMany(task.headers)) throw new CannotScan('headers-too-many');
      const said = task.headers.length === 0 ? NO_FACTS : readHeaders(task.headers);
      stated = said.stated;
      for (const patient of said.patients) known.person(patient);
      passage.tenant = this.tenantOf(stated);
      if (task.value === null) return this.verdict(task, stated, undefined);
      const text = this.decode(task.value, said);
      const opened = openEnvelope(text, said);
      if (typeof opened === 'string') throw new CannotScan(opened);
      stated = opened.stated;
      if (stated.patient !== undefined) known.person(stated.patient);
      passage.tenant = this.tenantOf(stated);
      const pass = (content: string): string => this.content(content, task, opened.stated, opened.loose);
      let content = opened.parts === null ? pass(text) : passage.parts(text, opened.parts, pass);
      if (opened.loose) content = passage.parts(content, handlesOf(content), pass);
      const wrapped = said.encoding === 'none' ? content : wrapBase64(content, task.value.toString());
      return this.verdict(task, stated, content === text ? undefined : Buffer.from(wrapped));
    } catch (error) {
      this.heard = undefined;
      const key = this.keyAfterFailure(task.key);
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

  private content(text: string, { surface, approved }: Task, stated: Stated, within: Member | undefined): string {
    const { passage, hearing, now, directory, rosters } = this;
    if (hearing === undefined || !hearing.concerns({ tenant: passage.tenant, surface })) return passage.redact(text);
    if (stated.conflict) throw new CannotScan('envelope-ambiguous');
    const claims = claimsOf(stated, passage.tenant, surface, approved);
    if (hearing.lacksRoster(claims, rosters)) throw new CannotScan('roster-missing');
    this.heard = hearing.hear(text, claims, { directory, rosters, now }, passage.recounting(), within);
    return this.heard.content;
  }

  /** Clean is what nothing was replaced in: neither in the value nor in its headers or its key. */
  private verdict(task: Task, stated: Stated, value: Buffer | undefined): Verdict {
    const { passage } = this;
    const key = this.passKey(task.key);
    const { headers, dropped, redacted } =
      task.headers.length === 0
        ? { headers: undefined, dropped: 0, redacted: 0 }
        : passHeaders(task.headers, passage.handles, (text) => passage.redact(text), passage.tenant, passage.count);
    const facts = this.facts(task, stated, dropped);
    const touched = value !== undefined || key !== undefined || redacted > 0;
    const passes = task.value === null ? 'tombstone' : touched ? 'redacted' : 'clean';
    const [outcome, reason] = this.heard?.withheld ?? [passes, 'none'];
    const verdict: { -readonly [M in keyof Verdict]: Verdict[M] } = { outcome, reason, facts };
    if (key !== undefined) verdict.key = key;
    if (headers !== undefined) verdict.headers = headers;
    if (value !== undefined && reason === 'none') verdict.value = value;
    return verdict;
  }

  /** A key that cannot be read, or that an identifier is found in, becomes its keyed reference: equal keys stay equal. */
  private passKey(key: Buffer | null): Buffer | undefined {
    if (key === null || key.length === 0) return undefined;
    const { handles, tenant, count } = this.passage;
    if (key.length > keyScanBytesMax || !isUtf8(key)) {
      count('other-id');
      return Buffer.from(handles.referenceOnce(key, tenant));
    }
    const text = key.toString();
    const passed = handles.pass(text, tenant, count);
    return passed === text ? undefined : Buffer.from(passed);
  }

  private tenantOf({ tenant }: Stated): string {
    return tenant === undefined || tenant === '' ? this.plan.tenant : tenant;
  }

  private facts({ surface }: Task, stated: Stated, headersDropped: number): string {
    const { passage, plan, heard, directory, rosters } = this;
    return writeFacts({ surface, stated, passage, plan, heard, directory, rosters, headersDropped });
  }

  /** Also one that may stay as it is, since nobody else has looked at it; none if it cannot be scanned either. */
  private keyAfterFailure(key: Buffer | null): Buffer | undefined {
    try {
      return this.passKey(key) ?? key ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The handles are strings of the message too; if they cannot be scanned either, nothing is said about it. */
  private factsAfterFailure(task: Task, stated: Stated): string {
    this.passage.forgetCounts();
    try {
      return this.facts(task, stated, 0);
    } catch {
      return JSON.stringify({ tenant: this.plan.tenant, surface: task.surface } satisfies Facts);
    }
  }
}
