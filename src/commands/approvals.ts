/** `sluice approvals`: what rules hold until somebody approves it: which it is and why, and the decision of a person. */
import { SluiceError } from '../errors.js';
import { approvalReasonUnitsMax, approvalReasonUnitsMin, approverUnitsMax } from '../limits.js';
import { sourceName } from '../message.js';
import { Quarantine } from '../pipeline/quarantine.js';
import { RELEASES } from '../pipeline/topics.js';
import { type By, decide } from './approvals/decide.js';
import { objectionTo } from './approvals/objections.js';
import { standingOf, type Waiting, waitingIn } from './approvals/read.js';
import { HELP, type Options, optionLines, readArguments, type Values } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { Failed, usage } from './failure.js';
import { printable, printableJson, printableLines } from './printable.js';
import { topicsOf } from './run/gate.js';
import { keysOf } from './run/keys.js';
import { openReader, READER_OPTIONS, readerSettings } from './run/open-reader.js';

const OPTIONS = {
  approver: { type: 'string', value: 'WHO', about: 'approve, deny: who decides, by the name that others know' },
  reason: { type: 'string', value: 'TEXT', about: 'approve, deny: why; kept sealed' },
  all: { type: 'boolean', about: 'list: also what is decided' },
  reveal: { type: 'boolean', about: 'show: the message, and who decided and why, in clear' },
  json: { type: 'boolean', about: 'list as JSON lines' },
  ...READER_OPTIONS,
  ...HELP,
} as const satisfies Options;

export const command: Command = { help, run };

const DECISIONS = { approve: 'approved', deny: 'denied' } as const;

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [what = '', id, ...rest] = positionals;
  const named = what === 'show' || Object.hasOwn(DECISIONS, what);
  if (rest.length > 0 || !(named ? id !== undefined : id === undefined && (what === 'list' || what === 'expire')))
    throw usage('approvals takes "list" or "expire", or "show", "approve" or "deny" and an id');
  const by = Object.hasOwn(DECISIONS, what) ? byOf(values) : undefined;
  const settings = readerSettings(values);
  const topics = topicsOf(settings);
  const keys = keysOf(settings);
  const quarantine = new Quarantine(keys.quarantine);
  // Where no gate reads them, decisions lead to nothing; the SDK's are kept there too.
  if (!Object.hasOwn(topics.inputs, RELEASES))
    throw new SluiceError('SETTING_INVALID', { subject: `topics.inputs has no ${RELEASES}` });
  const reader = await openReader(settings);
  try {
    if (what === 'list') {
      for await (const one of waitingIn(reader, topics, quarantine)) list(one, values);
      return EXIT.clean;
    }
    const lapsed: Waiting[] = [];
    let found: Waiting | undefined;
    for await (const one of waitingIn(reader, topics, quarantine)) {
      if (one.held.id === id) found = one;
      if (one.decided === undefined && standingOf(one, Date.now()) === 'expired') lapsed.push(one);
    }
    if (what === 'expire') {
      for (const one of lapsed) await decide(reader, topics, quarantine, one, 'expired', undefined);
      process.stdout.write(`${lapsed.length} ended without a decision\n`);
      return EXIT.clean;
    }
    if (found === undefined)
      throw new Failed({ code: 'NOT_FOUND', subject: 'nothing waits, or waited, under this id' });
    if (what === 'show') {
      show(found, values.reveal === true);
      return EXIT.clean;
    }
    const standing = standingOf(found, Date.now());
    if (standing !== 'waiting') throw refused(`it is ${standing} already`);
    const decision = DECISIONS[what as keyof typeof DECISIONS];
    const objection = await objectionTo(by!.approver, found, settings, keys);
    if (objection !== undefined) throw refused(objection);
    const { token, gate } = await decide(reader, topics, quarantine, found, decision, by);
    process.stdout.write(`${decision}: ${found.held.id}\n`);
    if (gate) process.stdout.write(`its outcome will be on ${RELEASES}${topics.suffix}\n`);
    else if (decision === 'approved') process.stdout.write(`for the agent, with the same call again:\n${token}\n`);
    return EXIT.clean;
  } finally {
    await reader.close();
  }
}

function byOf({ approver = '', reason = '' }: Values<typeof OPTIONS>): By {
  if (approver.trim() === '' || approver.length > approverUnitsMax)
    throw usage(`--approver is a name of 1 to ${approverUnitsMax} characters`);
  const signs = reason.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (signs < approvalReasonUnitsMin || reason.length > approvalReasonUnitsMax)
    throw usage(`--reason has ${approvalReasonUnitsMin} letters at least, and ${approvalReasonUnitsMax} at most`);
  return { approver: approver.trim(), reason: reason.trim() };
}

function refused(subject: string): SluiceError {
  return new SluiceError('APPROVAL_REFUSED', { subject });
}

function list(one: Waiting, { all, json }: Values<typeof OPTIONS>): void {
  const standing = standingOf(one, Date.now());
  if (standing !== 'waiting' && all !== true) return;
  const { id, tenant, agent, surface, asked, plan, expires } = one.held;
  const until = new Date(expires).toISOString();
  const source = sourceName(one.source);
  const line = { id, standing, since: one.since, until, source, tenant, agent, surface, asked, plan };
  process.stdout.write(
    json === true
      ? `${printableJson(line)}\n`
      : `${printable(`${id}  ${standing.padEnd(8)}  until ${until}  ${agent ?? '-'}  ${surface}  ${asked.join('; ')}`)}\n`,
  );
}

function show(one: Waiting, reveal: boolean): void {
  const { held, message, decided } = one;
  const write = (name: string, text: string): void =>
    void process.stdout.write(`${name.padEnd(12)}${printable(text)}\n`);
  write('id', held.id);
  write('standing', standingOf(one, Date.now()));
  write('since', one.since);
  write('until', new Date(held.expires).toISOString());
  write('source', sourceName(one.source));
  write('tenant', held.tenant);
  if (held.agent !== undefined) write('agent', held.agent);
  if (held.session !== undefined) write('session', held.session);
  write('surface', held.surface);
  write('policy', held.plan);
  for (const asked of held.asked) write('rule', asked);
  if (decided?.grant.approver !== undefined) write('approver', decided.grant.approver);
  if (!reveal) {
    write('', 'sealed; --reveal shows it');
    return;
  }
  if (decided?.note) {
    write('by', decided.note.approver);
    write('because', decided.note.reason);
  }
  for (const [name, value] of message.headers) write('header', `${name}: ${value?.toString() ?? ''}`);
  process.stdout.write(`${printableLines(message.value?.toString() ?? '')}\n`);
}

function help(): string {
  return `sluice approvals: what waits for a person, and what the person decides

Usage: sluice approvals list [options]
       sluice approvals show ID [options]
       sluice approvals approve|deny ID --approver WHO --reason TEXT [options]
       sluice approvals expire [options]

list     what rules with require_approval or step_up hold, and why
show     one of them; with --reveal, what it says
approve  the gate judges it once more, as it was, on ${RELEASES}: what these rules
         asked for is told instead of held, and all other rules decide. Of a
         call of the SDK it prints a token: the agent makes the same call again
         with it ("approval"). Either is good once, until the time that list says
deny     its outcome says that it was denied
expire   what nobody has decided in time gets that for an outcome; a gate that runs
         does so by itself

Who approves is neither the agent, nor its owner (where the directory of the
settings knows it), nor the provider that it asks for. It needs the gate's key.

${optionLines(OPTIONS)}
`;
}
