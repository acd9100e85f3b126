/**
 * What a rule against cross-patient contamination says: another patient's identifiers in this one's conversation, or those of
 * another tenant's patient. By the roster where there is one; else by what message and directory tell.
 */
import type { CrossCheck, PiiRule } from '../policy/rule.js';
import type { Level, Stranger } from '../roster/match.js';
import { type Case, type Clause, type DecisionFacts, NONE, Question, type Said } from './scanner.js';
import { ofOthers } from './subject.js';
import { whoseOf } from './whose.js';
import { words } from './words.js';

/** Patients in one message from which on it is bulk. */
const patientsMaxUnsaid = 20;

export const CROSS_CHECK: CrossCheck = { roster: 'optional', from: 'strong', patientsMax: patientsMaxUnsaid };

const RANK: Readonly<Record<Level, number>> = { weak: 0, medium: 1, strong: 2 };

export function otherPatients(clause: Clause<PiiRule>, one: Case): readonly Said[] {
  const { from, action = clause.action } = clause.crossCheck ?? CROSS_CHECK;
  if (!clause.crossPatient || action === 'allow') return NONE;
  const others = one.ask(othersIn);
  if (others === undefined) return NONE;
  const { findings } = one;
  const { told, foreign, learnedForeign } = others;
  const strangers = others.strangers.filter(({ level }) => RANK[level] >= RANK[from]);
  const said: Said[] = [];
  const say = (code: string, which: readonly number[], facts: DecisionFacts): void => {
    if (which.length === 0) return;
    const categories = [...new Set(which.map((i) => findings[i].category))];
    said.push({ action, code, facts: { categories, count: which.length, ...facts }, findings: which });
  };
  if (foreign.length > 0) say('other-tenant', positionsOf(foreign), { evidence: evidenceOf(foreign) });
  // What was learned is told apart: it weighs less.
  if (learnedForeign.length > 0)
    say('other-tenant', positionsOf(learnedForeign), { by: 'learned', evidence: evidenceOf(learnedForeign) });
  const learned = others.learned.filter(({ level }) => RANK[level] >= RANK[from]);
  if (strangers.length === 0 && told.length === 0 && learned.length === 0) return said;
  const subject = one.ask(whoseOf).subject();
  say('other-patient', positionsOf(strangers, told), {
    ...(strangers.length > 0 && { evidence: evidenceOf(strangers), patients: referencesOf(strangers) }),
    ...(subject === 'unknown' && { subject }),
  });
  say('other-patient', positionsOf(learned), {
    by: 'learned',
    evidence: evidenceOf(learned),
    patients: referencesOf(learned),
  });
  return said;
}

interface Others {
  readonly strangers: readonly Stranger[];
  /** Positions that message and directory tell. */
  readonly told: readonly number[];
  readonly foreign: readonly Stranger[];
  readonly learnedForeign: readonly Stranger[];
  readonly learned: readonly Stranger[];
}

/** Undefined where nobody else's are found, however sure a rule wants to be. */
const othersIn = new Question((one): Others | undefined => {
  const whose = one.ask(whoseOf);
  const strangers = whose.strangers();
  const allowed = whose.allowed();
  const other = one.ask(ofOthers);
  const told = other.length === 0 ? other : other.filter((at) => !allowed.has(at));
  const foreign = whose.strangersOfOthers();
  const learnedForeign = whose.learnedStrangersOfOthers();
  const learned = whose.learnedStrangers();
  const found = strangers.length + told.length + foreign.length + learnedForeign.length + learned.length;
  return found === 0 ? undefined : { strangers, told, foreign, learnedForeign, learned };
});

function positionsOf(strangers: readonly Stranger[], more: readonly number[] = []): readonly number[] {
  return [...new Set([...more, ...strangers.flatMap(({ findings }) => findings)])].sort((a, b) => a - b);
}

function evidenceOf(strangers: readonly Stranger[]): readonly string[] {
  return words(strangers.flatMap(({ kinds }) => kinds));
}

/** Keyed, so that two incidents are seen to be about one patient, and nobody sees about whom. */
function referencesOf(strangers: readonly Stranger[]): readonly string[] {
  return words(strangers.map(({ reference }) => `p:${reference}`));
}
