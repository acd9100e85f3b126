/** `sluice directory check`: all that is wrong, or that nothing is. */
import { type Fault, faultLine } from '../../directory/fault.js';
import { EXIT, type Exit } from '../exit.js';
import { usage } from '../failure.js';
import { shownName } from '../names.js';
import { printable, printableJson } from '../printable.js';
import { askedOf, type DirectoryValues } from './options.js';
import { faultsOf } from './read.js';

export async function check([path, ...rest]: readonly string[], values: DirectoryValues): Promise<Exit> {
  if (rest.length > 0) throw usage('directory check takes one path');
  const found = await faultsOf(askedOf(path, values));
  const good = 'image' in found;
  const faults = good ? [] : await Promise.all(found.map(named));
  if (values.json === true) {
    process.stdout.write(`${printableJson({ ok: good, faults, ...(good && { digest: found.image.digest }) }, 2)}\n`);
  } else if (good) process.stdout.write(`it is as it should be: ${found.image.digest}\n`);
  else for (const fault of faults) process.stdout.write(`${printable(faultLine(fault))}\n`);
  return good ? EXIT.clean : EXIT.findings;
}

/** Names of files carry identifiers too. */
async function named(fault: Fault): Promise<Fault> {
  return fault.file === undefined ? fault : { ...fault, file: await shownName(fault.file) };
}
