/**
 * A file of lists in YAML or JSON, for people: read as a whole, with the line of whatever is wrong. Anchors, aliases, tags
 * and members that stand there twice are refused: who reviews it sees what counts.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Document, isAlias, isMap, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { handleUnitsMax } from '../limits.js';
import { DirectoryRefused, type Fault, type FaultCode } from './fault.js';
import { type Part, PartBuilder } from './part.js';
import { readRow } from './read-row.js';
import { LISTS, type List } from './rows.js';

const VERSION = '1.0';
const HEAD = ['version', 'tenant'];

export function readDocument(bytes: Buffer, file: string, key: Uint8Array, tenant: string): Part {
  const lines = new LineCounter();
  const document = parsed(bytes, file, lines);
  const { contents } = document;
  const faults: Fault[] = [];
  const lineOf = (path: readonly (string | number)[]): number | undefined => {
    const node = path.length === 0 ? contents : document.getIn(path, true);
    const start = (node as { range?: readonly number[] | null } | undefined)?.range?.[0];
    return start === undefined ? undefined : lines.linePos(start).line;
  };
  const refuse = (code: FaultCode, path: readonly (string | number)[], known?: readonly string[]): void => {
    const line = lineOf(path);
    const member = typeof path[0] === 'string' ? path[0] : undefined;
    faults.push({ file, code, ...(line && { line }), ...(member && { member }), ...(known && { known }) });
  };
  if (contents !== null && !isMap(contents)) refuse('wrong-type', []);
  const tree = isMap(contents) ? (document.toJS({ maxAliasCount: 0 }) as Readonly<Record<string, unknown>>) : {};
  const said = tree.tenant ?? tenant;
  if (typeof said !== 'string' || said.trim() === '' || said.length > handleUnitsMax) refuse('not-text', ['tenant']);
  if (tree.version !== undefined && tree.version !== VERSION) refuse('not-one-of', ['version'], [VERSION]);
  const builder = new PartBuilder(key, String(said));
  for (const [list, rows] of Object.entries(tree)) {
    if (HEAD.includes(list)) continue;
    if (!Object.hasOwn(LISTS, list)) {
      faults.push({ file, code: 'unknown-list', known: [...HEAD, ...Object.keys(LISTS)] });
      continue;
    }
    if (!isSeq(document.get(list)) || !Array.isArray(rows)) {
      if (rows !== null) refuse('not-a-list', [list]);
      continue;
    }
    rows.forEach((row: unknown, i) => {
      const line = lineOf([list, i]);
      const place = { file, member: `${list}[${i}]`, ...(line && { line }) };
      const read = readRow(LISTS[list as List], row, place);
      if ('faults' in read) faults.push(...read.faults);
      else builder.enter(read.kind, read.row, place);
    });
  }
  if (faults.length > 0) throw new DirectoryRefused(faults);
  return builder.part(createHash('sha256').update(bytes).digest('hex'));
}

function parsed(bytes: Buffer, file: string, lineCounter: LineCounter): Document {
  const refuse = (code: FaultCode, line?: number) => new DirectoryRefused([{ file, code, ...(line && { line }) }]);
  if (!isUtf8(bytes)) throw refuse('not-utf8');
  let document: Document;
  try {
    document = parseDocument(bytes.toString(), { lineCounter, uniqueKeys: true, prettyErrors: false });
  } catch {
    // Nested deeper than the stack is.
    throw refuse('not-yaml');
  }
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw refuse('not-yaml', lineCounter.linePos(error.pos[0]).line);
  visit(document, {
    Node: (_, node) => {
      const named = isAlias(node) || (node as { anchor?: string }).anchor !== undefined || node.tag !== undefined;
      if (named) throw refuse('not-yaml', lineCounter.linePos(node.range?.[0] ?? 0).line);
    },
  });
  return document;
}
