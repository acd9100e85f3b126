/**
 * How well a session's memory tells patients apart where there is no roster: many sessions at once, their messages in turn, each
 * with results about several patients and then with messages about one. Identifiers go through the engine, and the state that a
 * session keeps is written out and read back, as it is between two batches.
 */
import type { Random } from '../fixtures/corpus/random.js';
import type { Citizen } from '../fixtures/roster/city.js';
import { mention } from '../fixtures/roster/mentions.js';
import { createEngine, type Engine } from '../src/index.js';
import type { RosterKeys } from '../src/roster/keys.js';
import { Sighter, type Sightings, type Spoken } from '../src/roster/sightings.js';
import { numberText, personText, type Trial } from './roster-trial.js';

const NOW = Date.UTC(2026, 5, 1);
/** Patients whose results a session gets, and messages about one of them afterwards. */
const PATIENTS_IN_SESSION = 4;
const MESSAGES = 12;
/** Ways that write the same name: a memory of fingerprints knows no slip of the pen. */
const EXACT: ReadonlySet<string> = new Set(['plain', 'format', 'nickname']);

interface Session {
  readonly patients: readonly Citizen[];
  memory: string;
}

export class SightingsTrial {
  readonly #engine: Engine = createEngine();
  readonly #sighter: Sighter;

  constructor(
    keys: RosterKeys,
    private readonly citizens: readonly Citizen[],
  ) {
    this.#sighter = new Sighter(keys);
  }

  run(count: number, random: Random): Trial {
    const sessions = Array.from({ length: count }, (): Session => ({ patients: this.#some(random), memory: '[]' }));
    for (let turn = 0; turn < PATIENTS_IN_SESSION; turn++)
      for (const session of sessions) this.#result(session, session.patients[turn], random);
    let truePositives = 0;
    let falsePositives = 0;
    let positives = 0;
    for (let turn = 0; turn < MESSAGES; turn++) {
      for (const session of sessions) {
        const [subject, ...others] = random.shuffle(session.patients);
        const isMixed = turn % 3 === 0;
        const about = isMixed ? others[0] : turn % 3 === 1 ? subject : this.#stranger(session, random);
        const found = this.#isMixed(session, subject, this.#text(about, random));
        if (isMixed) positives++;
        if (found && isMixed) truePositives++;
        if (found && !isMixed) falsePositives++;
      }
    }
    return { truePositives, positives, falsePositives };
  }

  /** Fingerprints that two tenants make of the same messages, and share. */
  sharedWith(other: RosterKeys, count: number, random: Random): number {
    const theirs = new Sighter(other);
    let shared = 0;
    for (let i = 0; i < count; i++) {
      const spoken = this.#spoken(chartText(random.pick(this.citizens), random));
      const values = new Set(this.#sighter.prints(spoken).map(({ value }) => value));
      for (const { value } of theirs.prints(spoken)) if (values.has(value)) shared++;
    }
    return shared;
  }

  /** A result about a patient, as a tool brings it: what stands in it belongs to the patient. */
  #result(session: Session, patient: Citizen, random: Random): void {
    const before = JSON.parse(session.memory) as Sightings;
    const after = this.#sighter.learn(before, patient.mrn, this.#spoken(chartText(patient, random)));
    session.memory = JSON.stringify(after);
  }

  #isMixed(session: Session, subject: Citizen, text: string): boolean {
    const memory = JSON.parse(session.memory) as Sightings;
    return this.#sighter.mixed(memory, [subject.mrn], this.#spoken(text)).some(({ level }) => level === 'strong');
  }

  #text(one: Citizen, random: Random): string {
    if (random.chance(0.6)) return numberText(one, random);
    let said = mention(one, random);
    while (!EXACT.has(said.way)) said = mention(one, random);
    return personText(said, random);
  }

  #spoken(text: string): Spoken {
    return { findings: this.#engine.scan(text).findings, text, now: NOW };
  }

  /** Patients who do not live together. */
  #some(random: Random): Citizen[] {
    const some: Citizen[] = [];
    while (some.length < PATIENTS_IN_SESSION) {
      const one = random.pick(this.citizens);
      if (!some.some(({ address }) => address === one.address)) some.push(one);
    }
    return some;
  }

  /** Somebody of another session: this one cannot know whose it is, and has to keep silent. */
  #stranger({ patients }: Session, random: Random): Citizen {
    let one = random.pick(this.citizens);
    while (patients.some(({ address }) => address === one.address)) one = random.pick(this.citizens);
    return one;
  }
}

function chartText(one: Citizen, random: Random): string {
  const { mrn, ssn, member, phone, email, given, family, birth } = one;
  const ids = { mrn, ssn, member_id: member, phone, email };
  const known = Object.fromEntries(Object.entries(ids).filter(([, value]) => value !== ''));
  if (random.chance(0.5)) return JSON.stringify({ patient_name: `${given} ${family}`, date_of_birth: birth, ...known });
  const lines = [`Patient: ${given} ${family}`, `DOB: ${birth}`, `MRN: ${mrn}`];
  if (ssn !== '') lines.push(`SSN: ${ssn}`);
  if (member !== '') lines.push(`Member ID: ${member}`);
  if (phone !== '') lines.push(`Phone: ${phone}`);
  if (email !== '') lines.push(`Email: ${email}`);
  return lines.join('\n');
}
