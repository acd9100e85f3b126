/**
 * How well another patient is told from the patient whose conversation it is, end to end: invented messages through the engine
 * and the matcher. Beside what must be found stand the things that must not: the subject's own, a household's, numbers that
 * only look like a chart's, people who are no patients.
 */
import type { Random } from '../fixtures/corpus/random.js';
import { type Citizen, city, familyName, givenName } from '../fixtures/roster/city.js';
import { mention, WAYS, type Way } from '../fixtures/roster/mentions.js';
import { createEngine, type Engine } from '../src/index.js';
import { type Evidence, match } from '../src/roster/match.js';
import type { Roster } from '../src/roster/roster.js';

/** The clock of the trial: two figures of a year are read by it. */
const NOW = Date.UTC(2026, 5, 1);
const OUTSIDERS_SEED = 977;

export interface Trial {
  readonly truePositives: number;
  readonly positives: number;
  readonly falsePositives: number;
}

export function recall({ truePositives, positives }: Trial): number {
  return truePositives / positives;
}

export function precision({ truePositives, falsePositives }: Trial): number {
  return truePositives / Math.max(1, truePositives + falsePositives);
}

export class Trials {
  readonly #engine: Engine = createEngine();
  readonly #outsiders: readonly Citizen[];

  constructor(
    private readonly roster: Roster,
    /** In the order of the city, so that neighbours in the list live together. */
    private readonly citizens: readonly Citizen[],
  ) {
    this.#outsiders = [...city(2000, OUTSIDERS_SEED)];
  }

  /** Numbers that open a chart: other patients' against the subject's own and orders, invoices and doses. */
  numbers(count: number, random: Random): Trial {
    let truePositives = 0;
    let falsePositives = 0;
    for (let i = 0; i < count; i++) {
      const [subject, other] = this.#two(random);
      if (isStrong(this.#judge(subject, numberText(other, random)))) truePositives++;
      if (isStrong(this.#judge(subject, numberText(subject, random)))) falsePositives++;
      const order = random.digits(8, true);
      const harmless = random.pick([
        `Order ${order} was shipped; give 20 mg once.`,
        `Invoice no. ${order}, lot ${random.digits(6)}.`,
        `Accession ${order} is in the freezer.`,
        `See ticket ${order} in the queue.`,
      ]);
      if (isStrong(this.#judge(subject, harmless))) falsePositives++;
    }
    return { truePositives, positives: count, falsePositives };
  }

  /** Names with birth dates: other patients' against the subject's own, the household's, and people from elsewhere. */
  names(count: number, random: Random): { all: Trial; strong: number; byWay: Record<Way, readonly [number, number]> } {
    const found = Object.fromEntries(WAYS.map((way) => [way, [0, 0]])) as Record<Way, [number, number]>;
    let truePositives = 0;
    let strong = 0;
    let falsePositives = 0;
    for (let i = 0; i < count; i++) {
      const [subject, other] = this.#two(random);
      const one = mention(other, random);
      const evidence = this.#judge(subject, personText(one, random));
      found[one.way][1]++;
      if (isStrong(evidence)) strong++;
      if (isSuspect(evidence)) {
        truePositives++;
        found[one.way][0]++;
      }
      const harmless = i % 10 < 6 ? subject : i % 10 < 9 ? this.#atHome(subject) : random.pick(this.#outsiders);
      if (isSuspect(this.#judge(subject, personText(mention(harmless, random), random)))) falsePositives++;
    }
    return { all: { truePositives, positives: count, falsePositives }, strong, byWay: found };
  }

  /** Names alone, as drawn for the city, so that many are those of patients: how many messages would be blocked. */
  namesAlone(count: number, random: Random): number {
    let blocked = 0;
    for (let i = 0; i < count; i++) {
      const [subject, other] = this.#two(random);
      const name = i % 2 === 0 ? `${other.given} ${other.family}` : `${givenName(random)} ${familyName(random)}`;
      const text = random.pick([
        `Spoke with ${name} about the visit.`,
        `Dr. ${name} will call back.`,
        `Patient: ${name}`,
      ]);
      if (isStrong(this.#judge(subject, text))) blocked++;
    }
    return blocked;
  }

  #judge(subject: Citizen, text: string): Evidence {
    const { findings } = this.#engine.scan(text);
    return match(this.roster, { patients: [subject.mrn], now: NOW }, findings, text);
  }

  /** Two who do not live together. */
  #two(random: Random): [Citizen, Citizen] {
    const subject = random.pick(this.citizens);
    let other = random.pick(this.citizens);
    while (other.address === subject.address) other = random.pick(this.citizens);
    return [subject, other];
  }

  #atHome(subject: Citizen): Citizen {
    const at = this.citizens.indexOf(subject);
    return [this.citizens[at + 1], this.citizens[at - 1]].find((one) => one?.address === subject.address) ?? subject;
  }
}

function isStrong({ strangers }: Evidence): boolean {
  return strangers.some(({ level }) => level === 'strong');
}

function isSuspect({ strangers }: Evidence): boolean {
  return strangers.some(({ level }) => level !== 'weak');
}

export function numberText(one: Citizen, random: Random): string {
  const texts = [
    `MRN: ${one.mrn} admitted overnight`,
    `Chart ${one.mrn} (MRN) was pulled.`,
    `{"mrn":"${one.mrn}","status":"stable"}`,
    `Medical record number ${Number(one.mrn)}, room 4.`,
  ];
  if (one.ssn !== '') texts.push(`SSN ${one.ssn} on file`, `SSN: ${one.ssn.replaceAll('-', ' ')}.`);
  if (one.member !== '') texts.push(`Member ID: ${one.member} is active.`);
  return random.pick(texts);
}

export function personText({ name, birth }: { readonly name: string; readonly birth: string }, random: Random): string {
  return random.pick([
    `Patient: ${name}\nDOB: ${birth}\nStable on current dose.`,
    `Patient ${name}, DOB ${birth}, was seen today for follow-up.`,
    `${name} (DOB ${birth}) reports no pain.`,
    `{"patient_name":"${name}","date_of_birth":"${birth}","note":"improving"}`,
  ]);
}
