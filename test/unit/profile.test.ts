/** Operating points: what a stricter profile covers contains what a looser one does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from '../../fixtures/corpus/index.js';
import { createEngine } from '../../src/engine/engine.js';
import { PROFILES, type Profile } from '../../src/engine/profile.js';

const engines = Object.fromEntries(PROFILES.map((profile) => [profile, createEngine({ profile })])) as Record<
  Profile,
  ReturnType<typeof createEngine>
>;

/** Letters and digits that a profile covers. */
function covered(profile: Profile, text: string): boolean[] {
  const units = Array.from({ length: text.length }, () => false);
  for (const { start, end } of engines[profile].scan(text).findings) units.fill(true, start, end);
  return units.map((unit, i) => unit && /[\p{L}\p{N}]/u.test(text[i] as string));
}

test('a stricter profile covers nearly all that a looser one covers, and more', () => {
  const counts = { strict: 0, balanced: 0, precise: 0, lost: 0 };
  for (const { text } of generate({ seed: 5, half: 'open', count: 150 })) {
    const [strict, balanced, precise] = PROFILES.map((profile) => covered(profile, text)) as [
      boolean[],
      boolean[],
      boolean[],
    ];
    for (let i = 0; i < text.length; i++) {
      if (strict[i]) counts.strict++;
      if (balanced[i]) counts.balanced++;
      if (precise[i]) counts.precise++;
      if ((balanced[i] && !strict[i]) || (precise[i] && !balanced[i])) counts.lost++;
    }
  }
  assert.ok(counts.strict >= counts.balanced && counts.balanced > counts.precise, JSON.stringify(counts));
  // A word taken for a name changes what its neighbours are taken for.
  assert.ok(counts.lost <= 0.001 * counts.balanced, JSON.stringify(counts));
});

test('an unknown profile is refused', () => {
  assert.throws(() => createEngine({ profile: 'lax' as Profile }), { code: 'OPTION_INVALID' });
});
