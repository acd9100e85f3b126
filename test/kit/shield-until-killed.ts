/** A program that scans, and says each audit id as soon as its call is answered, until it is killed: `FOLDER`. */
import { writeSync } from 'node:fs';
import { journalSink, Shield } from '../../src/index.js';
import './watch-parent.js';

const AT_ONCE = 8;
const shield = new Shield({ agentId: 'doomed-bot', sink: journalSink(process.argv[2]!) });

async function scan(): Promise<void> {
  for (;;) {
    const { auditId } = await shield.scanOutput({ content: 'MRN 00482913, call 617-555-0142' });
    // At once and whole, whatever comes next.
    writeSync(1, `${auditId}\n`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, scan));
