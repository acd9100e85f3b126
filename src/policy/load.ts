/**
 * A policy's text, and those of tenants, to the plan that messages are judged by. What cannot be done as it is written
 * is refused here; nothing of a policy is passed over in silence.
 */
import { CATEGORIES } from '../../detectors/contract.js';
import { policyRulesMax } from '../limits.js';
import { type Checked, checkText, inOrder } from './check.js';
import { type Compiled, compileRules } from './compile.js';
import { DataWords } from './data-words.js';
import { type Plan, type PlanSettings, sealed } from './plan.js';
import { PolicyError, type Problem } from './problem.js';
import type { Rule } from './rule.js';
import { overlaySchema, policySchema } from './schema.js';
import type { FactsDocument, TestDocument } from './test-schema.js';

export interface PolicySettings extends PlanSettings {
  /** Scanners that are not built, and whose rules may be left out; the plan says so. */
  readonly without?: readonly string[];
  /** Texts of the tenants' own policies. */
  readonly overlays?: readonly (string | Uint8Array)[];
}

/** One test, and where it stands. */
export interface PolicyTest {
  readonly test: TestDocument;
  /** Whose overlay it is in. */
  readonly tenant?: string;
  readonly problem: (code: Problem['code'], hint?: string) => Problem;
}

export interface Policy {
  readonly plan: Plan;
  readonly tests: readonly PolicyTest[];
  /** What the tests of the policy, or of a tenant, take for the directory. */
  facts(tenant: string | undefined): FactsDocument;
}

export function loadPolicy(text: string | Uint8Array, settings: PolicySettings): Plan {
  return readPolicy(text, settings).plan;
}

export function readPolicy(text: string | Uint8Array, settings: PolicySettings): Policy {
  const checked = checkText(text, policySchema);
  const { name, style, confidence_min: confidenceMin, otherwise, rules: documents } = checked.document;
  const skipped = settings.without ?? [];
  const words = new DataWords();
  const own = compileRules(documents, skipped, checked.report, { words });
  refuse(own.problems);
  const tests: PolicyTest[] = [...testsOf(checked)];
  const tenants: Record<string, readonly Rule[]> = {};
  const parts: Compiled[] = [own];
  const facts = checked.document.facts ?? {};
  const factsOf = new Map<string | undefined, FactsDocument>();
  // All that is wrong with any of them is told, so that one does not hide another.
  const wrong: Problem[] = [];
  for (const [i, overlay] of (settings.overlays ?? []).entries()) {
    const one = attempt(() => readOverlay(overlay, i, skipped, own.rules.length, new DataWords(words)), wrong);
    if (one === undefined) continue;
    if (Object.hasOwn(tenants, one.tenant)) wrong.push(one.twice);
    tenants[one.tenant] = one.compiled.rules;
    factsOf.set(one.tenant, joined(facts, one.facts));
    parts.push(one.compiled);
    tests.push(...one.tests);
  }
  if (wrong.length > 0) throw new PolicyError(wrong);
  const plan = sealed(
    {
      name,
      style,
      categories: CATEGORIES,
      confidenceMin,
      incidents: [],
      rules: own.rules,
      otherwise,
      tenants: Object.fromEntries(Object.entries(tenants).sort(([a], [b]) => (a < b ? -1 : 1))),
      without: union(parts.map(({ without }) => without)),
      undetected: union(parts.map(({ undetected }) => undetected)),
    },
    settings,
  );
  return { plan, tests, facts: (tenant) => factsOf.get(tenant) ?? facts };
}

function attempt<T>(read: () => T, wrong: Problem[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    wrong.push(...error.problems);
    return undefined;
  }
}

/** An overlay has rules only, and rules only ever take away: that is why it cannot allow more than the policy does. */
function readOverlay(
  text: string | Uint8Array,
  overlay: number,
  without: readonly string[],
  rulesBelow: number,
  words: DataWords,
) {
  const checked = checkText(text, overlaySchema, overlay);
  const { report } = checked;
  const { tenant, rules, facts = {} } = checked.document;
  const compiled = compileRules(rules, without, report, { prefix: `${tenant}/`, words });
  const many = rulesBelow + rules.length > policyRulesMax;
  refuse([...compiled.problems, ...(many ? [report('rule-too-many', ['rules'])] : [])]);
  return { tenant, compiled, facts, tests: [...testsOf(checked, tenant)], twice: report('name-duplicate', ['tenant']) };
}

function* testsOf(
  { document, report }: Checked<typeof policySchema> | Checked<typeof overlaySchema>,
  tenant?: string,
): Generator<PolicyTest> {
  const test = (one: TestDocument, path: readonly PropertyKey[]): PolicyTest => ({
    test: one,
    ...(tenant === undefined ? {} : { tenant }),
    problem: (code, hint) => report(code, path, hint),
  });
  for (const [i, { tests = [] }] of document.rules.entries()) {
    for (const [j, one] of tests.entries()) yield test(one, ['rules', i, 'tests', j]);
  }
  for (const [i, one] of (document.tests ?? []).entries()) yield test(one, ['tests', i]);
}

function joined(a: FactsDocument, b: FactsDocument): FactsDocument {
  const lists = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(lists.map((list) => [list, [...(a[list] ?? []), ...(b[list] ?? [])]]));
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new PolicyError(inOrder(problems));
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort();
}
