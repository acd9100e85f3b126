/**
 * What a message adds to its session's memory of patients, and what it asks of it, keyed: judging sees one message, and who owns
 * the session's state says what came with whom. A value that is taken out already is not asked about.
 */
import type { Finding } from '../engine/finding.js';
import type { Sighted } from '../message.js';
import type { Rule } from '../policy/rule.js';
import { rosterKeys } from '../roster/keys.js';
import { type Print, Sighter, sightedPatientsMax, sightedValuesMax } from '../roster/sightings.js';
import { holds } from './condition.js';
import type { Decided } from './decide.js';
import { mixtureIn } from './mixed-records.js';
import { CROSS_CHECK } from './other-patients.js';
import { type Case, NONE } from './scanner.js';
import { patientsOf } from './subject.js';
import { whoseOf } from './whose.js';

/** Tenants whose keys are kept made. */
const SIGHTERS_MAX = 256;
/** In front of the id in a reference. */
const PATIENT = 'Patient/';
/** Most values of one message that the memory is asked about. */
const PRINTS_MAX = 512;

export class Sighting {
  private readonly sighters = new Map<string, Sighter>();

  constructor(private readonly key: Uint8Array) {}

  /** Undefined where there is nothing to remember, and nothing to ask. */
  of(rules: readonly Rule[], one: Case, styles: Decided['styles'], isTrusted: boolean): Sighted | undefined {
    const { claims, findings } = one;
    const { session, surface, patient } = claims;
    if (session === undefined || findings.length === 0) return undefined;
    const isSource = surface === 'tool_result' || surface === 'context';
    // Nothing is fingerprinted to be asked about where all of it is taken out anyway.
    if (!isSource && (patient === undefined || styles === undefined)) return undefined;
    const sighter = this.sighterOf(claims.tenant);
    let made: readonly Print[] | undefined;
    const all = (): readonly Print[] => (made ??= printsOf(sighter, one));
    const binds = isSource ? bindsOf(sighter, one, all) : NONE;
    const stands = (at: number): boolean => styles?.[at] === null && !one.ask(whoseOf).allowed().has(at);
    const asks = patient !== undefined && styles !== undefined && findings.some((_, at) => stands(at));
    const asking = asks ? rules.flatMap((rule) => askedBy(rule, one)) : NONE;
    const prints = asking.length === 0 ? NONE : all().filter(({ findings }) => findings.every(stands));
    if (binds.length === 0 && prints.length === 0) return undefined;
    const sighted: { -readonly [M in keyof Sighted]: Sighted[M] } = { binds };
    if (patient !== undefined && prints.length > 0)
      sighted.asks = {
        subject: personOf(sighter, patient),
        prints: prints.slice(0, PRINTS_MAX).map(({ kind, value }) => [kind, value] as const),
        rules: asking,
      };
    if (isTrusted && binds.length > 0) sighted.learn = true;
    return sighted;
  }

  private sighterOf(tenant: string): Sighter {
    let known = this.sighters.get(tenant);
    if (known === undefined) {
      if (this.sighters.size >= SIGHTERS_MAX) this.sighters.clear();
      this.sighters.set(tenant, (known = new Sighter(rosterKeys(this.key, tenant))));
    }
    return known;
  }
}

/** What is written stands: what the memory says afterwards can only withhold it. */
function askedBy(rule: Rule, one: Case): readonly (readonly [rule: string, action: string])[] {
  if (rule.scanner !== 'pii' || !rule.crossPatient || !holds(rule.when, one)) return [];
  const { action = rule.perSurface[one.claims.surface] ?? rule.action } = rule.crossCheck ?? CROSS_CHECK;
  return action === 'allow' ? [] : [[rule.name, action === 'redact' ? 'block' : action]];
}

/** Which values came with which patient: by the parts of the content, by the number in it, or by what the envelope says. */
function bindsOf(sighter: Sighter, one: Case, all: () => readonly Print[]): Sighted['binds'] {
  const { claims, findings, content } = one;
  const { segments } = one.ask(mixtureIn);
  const named = patientsOf(one);
  const stated = claims.patient ?? referredTo(one);
  const patient = named.length === 0 ? stated : named.length === 1 ? named[0] : undefined;
  const whole = patient === undefined ? [] : [{ start: 0, end: content.length, patient }];
  return (segments.length > 0 ? segments : whole)
    .filter((part) => part.patient !== '')
    .slice(0, sightedPatientsMax)
    .map(({ start, end, patient }) => {
      const within = findings.filter((finding) => finding.start >= start && finding.end <= end);
      const prints = within.length === findings.length ? all() : printsOf(sighter, one, within);
      const values = [...new Set(prints.map(({ value }) => value))];
      const [reference, id] = personOf(sighter, patient);
      return [reference, id, values.slice(0, sightedValuesMax)] as const;
    });
}

/** The one patient to whom FHIR refers in the content, as a subject does. */
function referredTo({ findings, content }: Case): string | undefined {
  const referred = findings
    .filter(({ category, kind }) => category === 'other-id' && kind === 'resource')
    .map(({ start, end }) => content.slice(Math.max(0, start - PATIENT.length), end))
    .filter((text) => text.includes(PATIENT))
    .map((text) => text.slice(text.indexOf(PATIENT)));
  return new Set(referred).size === 1 ? referred[0] : undefined;
}

function printsOf(sighter: Sighter, { content, now, findings }: Case, within: readonly Finding[] = findings): Print[] {
  return sighter.prints({ findings: within, text: content, now });
}

function personOf(sighter: Sighter, patient: string): readonly [reference: string, id: string] {
  const { reference, id } = sighter.person(patient);
  return [reference, id];
}
