/**
 * A policy's text to a checked document: every problem with its line and column, in the order in which it stands there, and
 * a suggestion where one of our words is near.
 */
import type { z } from 'zod';
import { policyProblemsMax } from '../limits.js';
import { nearest } from '../nearest.js';
import { allKeys, childOf, keysAt } from './known-keys.js';
import { PolicyError, type Problem, type ProblemCode } from './problem.js';
import { type Located, type Plain, readYaml } from './yaml.js';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Makes a problem of a place in the document. */
export type Report = (code: ProblemCode, path: Path, hint?: string, of?: 'key' | 'value') => Problem;

export interface Checked<S extends z.ZodType> {
  readonly document: z.output<S>;
  readonly report: Report;
}

/** `overlay` says in which of the tenants' files, for what is told of it. */
export function checkText<S extends z.ZodType>(text: string | Uint8Array, schema: S, overlay?: number): Checked<S> {
  const tree = readYaml(text);
  const where = overlay === undefined ? {} : { overlay };
  if (!('value' in tree))
    throw new PolicyError(inOrder(tree.map(({ code, place }) => ({ code, ...place, path: '', ...where }))));
  const ours = allKeys(schema);
  const report: Report = (code, path, hint, of) => ({
    code,
    ...tree.placeOf(path, of),
    path: pathOf(path, ours),
    ...(hint === undefined ? {} : { hint }),
    ...where,
  });
  const result = schema.safeParse(tree.value);
  if (result.success) return { document: result.data, report };
  const { issues } = result.error;
  const explainer = new Explainer(schema, tree, report);
  throw new PolicyError(inOrder(withoutEchoes(issues.flatMap((issue) => explainer.explain(issue, [])))));
}

/** A key that is misspelt is missing too: said once, where it stands. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const misspelt = (missing: Problem): boolean =>
    problems.some(
      ({ code, path, hint }) =>
        code === 'key-unknown' && path === missing.path && hint === meant(missing.hint?.split(' ')[0] ?? ''),
    );
  return problems.filter((problem) => problem.code !== 'key-missing' || !misspelt(problem));
}

function meant(word: string): string {
  return `did you mean ${word}?`;
}

export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column).slice(0, policyProblemsMax);
}

/** `rules[2].config`; a key that is none of ours is not repeated. */
function pathOf(path: Path, ours: ReadonlySet<string>): string {
  const part = (one: PropertyKey): string =>
    typeof one === 'number' ? `[${one}]` : `.${ours.has(String(one)) ? String(one) : '*'}`;
  return path.map(part).join('').replace(/^\./, '');
}

class Explainer {
  constructor(
    private readonly schema: z.ZodType,
    private readonly tree: Located,
    private readonly report: Report,
  ) {}

  explain(issue: Issue, above: Path): readonly Problem[] {
    const path = [...above, ...issue.path];
    const value = this.valueAt(path);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => this.unknownKey(path, key));
    if (value === undefined && path.length > 0) return [this.missing(path, issue)];
    switch (issue.code) {
      case 'invalid_type':
        return [this.report('type-wrong', path, typeHint(issue.expected, path))];
      case 'invalid_value':
        return [this.notOneOf(path, value, issue.values.map(String))];
      case 'invalid_union':
        return this.union(issue, path, value);
      case 'invalid_key':
        return [this.report('value-invalid', path, ID_HINT, 'key')];
      case 'too_big':
        return [this.report('value-invalid', path, `at most ${issue.maximum}`)];
      case 'too_small':
        return [this.report('value-invalid', path, `at least ${issue.minimum}`)];
      default:
        return [
          this.report(
            'value-invalid',
            path,
            HINTS[String(path.at(-1))] ?? (issue.code === 'invalid_format' ? ID_HINT : undefined),
          ),
        ];
    }
  }

  private valueAt(path: Path): Plain | undefined {
    let value: Plain | undefined = this.tree.value;
    for (const part of path) value = childOf(value, part);
    return value;
  }

  private unknownKey(path: Path, key: string): Problem {
    const known = keysAt(this.schema, this.tree.value, path);
    const near = nearest(key, known);
    const hint = near === undefined ? `known are ${known.join(', ')}` : meant(near);
    const { line, column } = this.report('key-unknown', [...path, key], undefined, 'key');
    return { ...this.report('key-unknown', path, known.length === 0 ? undefined : hint), line, column };
  }

  private missing(path: Path, issue: Issue): Problem {
    const words = 'options' in issue ? issue.options : issue.code === 'invalid_value' ? issue.values : undefined;
    const choice = words === undefined || words.length < 2 ? '' : ` (${words.map(String).join(', ')})`;
    return this.report('key-missing', path.slice(0, -1), `${String(path.at(-1))}${choice}`);
  }

  private notOneOf(path: Path, value: Plain | undefined, words: readonly string[]): Problem {
    if (path.at(-1) === 'version') return this.report('version-unknown', path, `version: "${words.join('", "')}"`);
    const near = typeof value === 'string' ? nearest(value, words) : undefined;
    return this.report('value-invalid', path, near === undefined ? `one of ${words.join(', ')}` : meant(near));
  }

  /** What speaks against the alternative that the value looks like. */
  private union(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, value: Plain | undefined) {
    if ('options' in issue && issue.options !== undefined)
      return [this.notOneOf(path, value, issue.options.map(String))];
    const meant = issue.errors.find(
      (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
    );
    if (meant === undefined) return [this.report('type-wrong', path, typeHint('', path))];
    return meant.flatMap((one) => this.explain(one, path));
  }
}

const ID_HINT = 'letters, digits and _ . : / -';

const HINTS: Readonly<Record<string, string>> = {
  name: 'lower-case letters, digits and hyphens, at most 64',
  scope_by_task: 'at least one task',
};

function typeHint(expected: string, path: Path): string | undefined {
  if (path.at(-1) === 'version') return 'version: "1.0", in quotes';
  return expected === '' ? undefined : `expected ${expected}`;
}
