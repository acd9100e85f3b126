/** `sluice directory stats`: how much of what there is, and what a person should look at before it bites. */
import type { Agent } from '../../directory/directory.js';
import type { DirectoryImage } from '../../directory/image.js';
import { noCounts } from '../../directory/part.js';
import type { Register } from '../../directory/register.js';
import { KINDS } from '../../directory/rows.js';
import { EXIT, type Exit } from '../exit.js';
import { usage } from '../failure.js';
import { printable, printableJson } from '../printable.js';
import { askedOf, type DirectoryValues } from './options.js';
import { readDirectory } from './read.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

export async function stats([path, ...rest]: readonly string[], values: DirectoryValues): Promise<Exit> {
  if (rest.length > 0) throw usage('directory stats takes one path');
  const { parts, image, ms } = await readDirectory(askedOf(path, values));
  const rows = noCounts();
  for (const { counts } of parts) for (const kind of KINDS) rows[kind] += counts[kind];
  const facts = parts.reduce((sum, part) => sum + part.facts.entries, 0);
  const bytes = parts.reduce((sum, part) => sum + part.facts.bytes, 0);
  const notes = notesOn(image, Date.now());
  if (values.json === true) {
    const told = { digest: image.digest, files: parts.length, rows, facts, bytes, ms: Math.round(ms), notes };
    process.stdout.write(`${printableJson(told, 2)}\n`);
    return EXIT.clean;
  }
  for (const kind of KINDS) if (rows[kind] > 0) line(kind, String(rows[kind]));
  line('files', String(parts.length));
  line('facts', `${facts}, ${(bytes / 1e6).toFixed(1)} MB in shared memory, read in ${(ms / 1000).toFixed(2)} s`);
  line('digest', image.digest);
  for (const note of notes) line('look at', note);
  return EXIT.clean;
}

function line(name: string, text: string): void {
  process.stdout.write(`${name.padEnd(12)}${printable(text)}\n`);
}

function notesOn({ register }: DirectoryImage, now: number): readonly string[] {
  const { agents, tools } = JSON.parse(Buffer.from(register).toString()) as Register;
  const used = new Set(agents.flatMap(([tenant, agent]) => agent.tools.map((tool) => `${tenant}\0${tool}`)));
  return [
    ...agents.flatMap(([tenant, agent, revoked]) =>
      agentNotes(agent, revoked, now).map((note) => `agent ${agent.id} of ${tenant} ${note}`),
    ),
    ...tools.flatMap(([tenant, { name, owner, fields }]) => [
      ...(owner === undefined ? [`tool ${name} of ${tenant} has no owner`] : []),
      ...(Object.keys(fields).length === 0 ? [`tool ${name} of ${tenant} does not say what its fields hold`] : []),
      ...(used.has(`${tenant}\0${name}`) ? [] : [`tool ${name} of ${tenant} is granted to no agent`]),
    ]),
  ];
}

function agentNotes({ expires, credential, environment }: Agent, revoked: boolean, now: number): string[] {
  if (revoked) return ['is revoked'];
  const notes: string[] = [];
  if (expires === undefined) notes.push('never expires');
  else if (expires <= now) notes.push('has expired');
  else if (expires - now < SOON_DAYS * DAY_MS) notes.push(`expires within ${SOON_DAYS} days`);
  if (credential === undefined && environment === 'production') notes.push('names no credential of its own');
  return notes;
}
