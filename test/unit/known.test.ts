/** What a message gives away: the quick look at a short text never says no where the long one finds something. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Category } from '../../detectors/contract.js';
import { Known } from '../../src/envelope/known.js';

/** Longer than any text that is looked at quickly, and of no character that a value has. */
const PADDING = ' ~'.repeat(200);

function standsIn(found: readonly (readonly [Category, string])[], text: string, person?: string): boolean {
  const known = new Known();
  if (person !== undefined) known.person(person);
  for (const [category, value] of found) known.found(category, value);
  return known.standsIn(text);
}

test('values stand in handles however they are written there', () => {
  assert.ok(standsIn([['mrn', '00-482-913']], 'chat-00482913'));
  assert.ok(standsIn([['name', 'Orla Quimby']], 'session.quimby.orla'));
  assert.ok(standsIn([['name', 'Quimby']], 's-quimby-7'));
  assert.ok(standsIn([['name', 'Zoë Ågren']], 'zoe-agren-3'));
  assert.ok(standsIn([['account', 'ACCT\\u002d77120']], 'acct-77120'));
  assert.ok(standsIn([], 'thread of p7', 'P7'));
});

test('and what does not stand there is not seen there', () => {
  assert.ok(!standsIn([['name', 'Orla Quimby']], 'orla-7'));
  assert.ok(!standsIn([['date', 'in March']], 'in-march'));
  assert.ok(!standsIn([['mrn', '00-482-913']], 'chat-482'));
  assert.ok(!standsIn([], 'chat-12'));
  const known = new Known();
  known.found('mrn', '00482913');
  known.clear();
  assert.ok(!known.standsIn('00482913'));
});

test('the quick look misses nothing', () => {
  const piece = fc.constantFrom('ann', 'lee', 'Bo', 'Quimby', '4820', '9', '-', ' ', '.', '\\n', 'é', 'x1');
  const text = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
  const category = fc.constantFrom<Category>('name', 'mrn', 'date', 'email');
  const found = fc.array(fc.tuple(category, text), { maxLength: 4 });
  fc.assert(
    fc.property(found, text, (values, handle) => {
      assert.equal(standsIn(values, handle), standsIn(values, handle + PADDING));
    }),
    { numRuns: 5_000 },
  );
});
