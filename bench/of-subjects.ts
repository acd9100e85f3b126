/**
 * The mixed workload as text of patients whom a roster knows. The corpus invents every value, and numbers of a fiction are few:
 * in a city of ten million nearly half of its telephones, and one in sixteen of its charts, are somebody's by chance, as no text of a
 * hospital has it. So the first value of each kind is made the subject's own, as what is said of a patient mostly is; a chart or a
 * social security number that comes again is the subject's again, a telephone nobody's, and of each of these one in fifty may be
 * anybody's. Members, e-mails, names and dates beside the subject's stay as they were invented.
 */
import { Random } from '../fixtures/corpus/random.js';
import type { Citizen } from '../fixtures/roster/city.js';
import { createEngine, type Finding } from '../src/index.js';
import { phone } from '../src/roster/canonical.js';
import { Domain } from '../src/roster/domain.js';
import type { Roster } from '../src/roster/roster.js';

/** Of so many telephones that are not the subject's one may be anybody's. */
const ANYBODY = 50;
/** What comes again is the subject's again. */
const AGAIN: ReadonlySet<string> = new Set(['mrn', 'ssn']);
const PHONES: ReadonlySet<string> = new Set(['phone', 'fax']);
const TRIES_MAX = 100;

/** Each text with the patient whose conversation it is from. */
export interface OfSubject {
  readonly text: string;
  readonly subject: Citizen;
}

export function ofSubjects(texts: readonly string[], sample: readonly Citizen[], roster: Roster): OfSubject[] {
  const engine = createEngine();
  const random = new Random(texts.length);
  return texts.map((text, i) => {
    const subject = sample[i % sample.length];
    const own = ownOf(subject);
    const seen = new Set<string>();
    let out = '';
    let reached = 0;
    for (const finding of engine.scan(text).findings) {
      const { start, end } = finding;
      const kind = kindOf(finding);
      const isFirst = !seen.has(kind);
      seen.add(kind);
      const isAnybodys = !isFirst && random.int(1, ANYBODY) === 1;
      const isOwn = own.has(kind) && (isFirst || AGAIN.has(kind));
      const said = isOwn ? own.get(kind) : nobodys(kind, text.slice(start, end), roster, random);
      if (isAnybodys || said === undefined || said === '' || start < reached) continue;
      out += text.slice(reached, start) + said;
      reached = end;
    }
    return { text: out + text.slice(reached), subject };
  });
}

function ownOf({ mrn, ssn, member, phone, email, given, family, birth }: Citizen): Map<string, string> {
  return new Map([
    ['mrn', mrn],
    ['ssn', ssn],
    ['health-plan', member],
    ['phone', phone],
    ['email', email],
    ['name', `${given} ${family}`],
    ['birth', birth],
  ]);
}

function kindOf({ category, kind }: Finding): string {
  return category === 'date' ? kind : category === 'name' && kind === 'clinician' ? kind : category;
}

/** Another telephone, until it is nobody's; nothing of any other kind. */
function nobodys(kind: string, written: string, roster: Roster, random: Random): string | undefined {
  if (!PHONES.has(kind)) return undefined;
  const found = new Set<number>();
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const said = written.replace(/\d{4}(?=\D*(?:e?xt?.*)?$)/i, () => random.digits(4));
    if (roster.lookUp(Domain.Phone, phone(said), found) === 'none') return said;
  }
  return undefined;
}
