/** What a gate of the fault tests knows, where it is to know something: a policy that demands a roster and learns, and the roster. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSnapshot } from '../../src/roster/file.js';
import { HEADER, PATIENTS, rosterFor, SECRET } from './roster.js';

const POLICY = `version: "1.0"
name: knowing
otherwise: redact
rules:
  - name: apart
    scanner: pii
    action: redact
    scope: [prompt, output, tool_result]
    config:
      check_cross_patient: { roster: required, learn_from: { scope: tool_result } }
`;

export interface Knowing {
  readonly settings: Readonly<Record<'policy' | 'roster' | 'rosterKey', string>>;
  readonly keyFile: string;
  remove(): void;
}

export function knowing(): Knowing {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-knowing-'));
  const [policy, roster] = [join(folder, 'policy.yaml'), join(folder, 'default.roster')];
  writeFileSync(policy, POLICY);
  writeSnapshot(roster, rosterFor('default', [HEADER, ...PATIENTS]).image.base);
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, SECRET);
  return {
    keyFile,
    settings: { policy, roster, rosterKey: SECRET.toString() },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
