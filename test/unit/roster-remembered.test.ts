/** What a roster's build remembers of a file is what it has to: not the file. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Remembered } from '../../src/roster/remembered.js';

const PIECES = 100;
const PIECE_UNITS = 1 << 20;

it('a street that is remembered does not keep the piece of the file in which it stood', () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const streets = new Remembered((street) => street.slice(5));
  const used = (): number => {
    gc();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  for (let i = 0; i < PIECES; i++) {
    const piece = `${i} Sycamore Hollow Road,`.padEnd(PIECE_UNITS, String(i));
    streets.of(piece.slice(0, 20));
  }
  assert.ok(used() - before < (PIECES * PIECE_UNITS) / 10, `${used() - before} bytes`);
  assert.equal(streets.of('7 Sycamore Hollow Road'), 'amore Hollow Road');
});
