/**
 * Whose identifiers a message holds, asked once for all rules: of the tenant's roster, of those of other tenants, and of the
 * directory, which says whose addresses may stand in the subject's conversation.
 */
import { chart } from '../roster/canonical.js';
import { Domain } from '../roster/domain.js';
import { type Evidence, match, type Stranger } from '../roster/match.js';
import type { Roster } from '../roster/roster.js';
import type { Spoken } from '../roster/sightings.js';
import { addressesOf } from './addresses.js';
import { type Case, NONE, Question } from './scanner.js';
import { CHANNEL_OF, subjectOf } from './subject.js';

const NOWHERE: ReadonlySet<number> = new Set();

/** Numberings of two houses overlap: a chart number alone speaks of another's patient only where few numbers are anybody's. */
const NUMBER_BITS_MIN = 15;

export class Whose {
  private asked: Evidence | undefined;
  private foreign: readonly Stranger[] | undefined;
  private learned: readonly Stranger[] | undefined;
  private learnedForeign: readonly Stranger[] | undefined;
  private mayStand: ReadonlySet<number> | undefined;
  private knownAt: ReadonlySet<number> | undefined;

  constructor(private readonly about: Case) {}

  /** Other patients of this tenant that the message gives away; none if it does not say whose it is. */
  strangers(): readonly Stranger[] {
    return this.about.claims.patient === undefined ? NONE : (this.evidence()?.strangers ?? NONE);
  }

  /** Whether the roster knows the patient whose conversation it is. */
  subject(): Evidence['subject'] | undefined {
    return this.evidence()?.subject;
  }

  /** Whether a chart's number is the subject's, written otherwise or of another numbering. */
  isSubject(code: string): boolean {
    const { tenant, patient } = this.about.claims;
    const roster = this.about.rosters?.of(tenant);
    if (roster === undefined || patient === undefined || code === '') return false;
    const numbersOf = (one: string): Set<number> => {
      const numbers = new Set<number>();
      if (chart(one) !== '') roster.lookUp(Domain.Chart, chart(one), numbers);
      return numbers;
    };
    const own = numbersOf(patient);
    return [...numbersOf(code)].some((number) => own.has(number));
  }

  /** Positions of findings that may stand here: the subject's own, those of the subject's circle, of staff. */
  allowed(): ReadonlySet<number> {
    if (this.mayStand !== undefined) return this.mayStand;
    const explained = this.evidence()?.explained ?? NONE;
    return (this.mayStand = explained.length === 0 ? this.known() : new Set([...this.known(), ...explained]));
  }

  /** Patients of other tenants; which tenant's, and who, is for nobody here to know. */
  strangersOfOthers(): readonly Stranger[] {
    const { about } = this;
    const { rosters } = about;
    if (rosters === undefined || this.foreign !== undefined) return this.foreign ?? NONE;
    const others = rosters.beside(about.claims.tenant);
    if (others.length === 0) return (this.foreign = NONE);
    // What this tenant's roster knows, of whomever, is this tenant's.
    const ours = this.evidence();
    const known = new Set([...(ours?.explained ?? []), ...(ours?.strangers ?? []).flatMap(({ findings }) => findings)]);
    const found = others.flatMap((roster) => this.ask(roster, [], (at) => known.has(at)).strangers);
    return (this.foreign = found.filter(isForeign));
  }

  /** The same by what was learned: of what neither roster nor directory know already. */
  learnedStrangers(): readonly Stranger[] {
    const { tenant, patient } = this.about.claims;
    const learned = this.about.rosters?.learned(tenant);
    if (learned === undefined || patient === undefined) return NONE;
    return (this.learned ??= learned.strangers(patient, this.spoken(), this.told()));
  }

  /** What this tenant has learned too, of whomever, is this tenant's. */
  learnedStrangersOfOthers(): readonly Stranger[] {
    const { claims, rosters } = this.about;
    const others = rosters?.learnedBeside(claims.tenant) ?? NONE;
    if (others.length === 0 || this.learnedForeign !== undefined) return this.learnedForeign ?? NONE;
    const spoken = this.spoken();
    const ours = new Set([...this.told(), ...(rosters?.learned(claims.tenant)?.known(spoken) ?? [])]);
    const found = others.flatMap((learned) => learned.strangers(undefined, spoken, ours));
    return (this.learnedForeign = found.filter(isForeign));
  }

  private spoken(): Spoken {
    const { findings, content: text, now } = this.about;
    return { findings, text, now };
  }

  /** Positions that are spoken for: they belong here, or to somebody whom the roster names. */
  private told(): ReadonlySet<number> {
    return new Set([...this.allowed(), ...this.strangers().flatMap(({ findings }) => findings)]);
  }

  private evidence(): Evidence | undefined {
    const { tenant, patient } = this.about.claims;
    const roster = this.about.rosters?.of(tenant);
    if (roster === undefined) return undefined;
    this.asked ??= this.ask(roster, patient === undefined ? [] : [patient], () => false);
    return this.asked;
  }

  /** What is left out is what the directory knows to belong here. */
  private ask(roster: Roster, patients: readonly string[], isLeftOut: (at: number) => boolean): Evidence {
    const { findings, content, now } = this.about;
    const at = [...findings.keys()].filter((i) => !isLeftOut(i) && !this.known().has(i));
    const of = (positions: readonly number[]): readonly number[] => positions.map((i) => at[i]);
    const asked = at.length === findings.length ? findings : at.map((i) => findings[i]);
    const evidence = match(roster, { patients, now }, asked, content);
    const strangers = evidence.strangers.map((one) => ({ ...one, findings: of(one.findings) }));
    return { ...evidence, strangers, explained: of(evidence.explained) };
  }

  private known(): ReadonlySet<number> {
    if (this.knownAt !== undefined) return this.knownAt;
    let known: Set<number> | undefined;
    for (let at = 0; at < this.about.findings.length; at++) if (this.isKnown(at)) (known ??= new Set()).add(at);
    return (this.knownAt = known ?? NOWHERE);
  }

  /** The subject's id, an address of the subject, of a contact who may know, of somebody who is verified. */
  private isKnown(at: number): boolean {
    const { about } = this;
    const { category, start, end } = about.findings[at];
    const address = about.content.slice(start, end);
    if (about.ask(subjectOf)?.is(address) === true) return true;
    const channel = CHANNEL_OF.get(category);
    if (channel === undefined) return false;
    const known = about.ask(addressesOf).of(channel, address);
    return known.verified || known.standing === 'self' || known.standing === 'authorized';
  }
}

export const whoseOf = new Question((one) => new Whose(one));

function isForeign({ level, bits, kinds }: Stranger): boolean {
  if (level !== 'strong') return false;
  return bits >= NUMBER_BITS_MIN || !kinds.every((kind) => kind === 'mrn' || kind === 'health-plan');
}
