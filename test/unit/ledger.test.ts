/** The ledger of approvals, and what an approval changes of decisions: one use, over restarts, within a bound, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalMs, approvalsMax } from '../../src/limits.js';
import { folded, type Grant, grantIn, tokenOf } from '../../src/pipeline/approval.js';
import { Ledger } from '../../src/pipeline/ledger.js';
import { withApproved } from '../../src/scanners/decide.js';
import { KEY } from '../kit/tasks.js';

const FROM = 'agent.outputs/0/1';
const USER = 'phi.releases/0/0';
const ASKED = { tenant: 'north', surface: 'output', plan: 'p', asked: ['a x'] } as const;

/** What a new owner would read. */
function reloaded(records: ReturnType<ReturnType<Ledger['begin']>['records']>): Ledger {
  return new Ledger(new Map(records.flatMap(({ key, value }) => (value === null ? [] : [[String(key), value]]))));
}

test('an approval is good for one record, the same one again, and only where it was asked for', () => {
  const first = new Ledger();
  const asking = first.begin();
  assert.ok(asking.wait({ ...ASKED, id: 'a', expires: 1_000 }, FROM, 0));
  first.apply(asking.delta);
  const ledger = reloaded(asking.records());
  const using = ledger.begin();
  assert.equal(using.use('a', 'agent.outputs/0/2', USER), 'unknown');
  assert.equal(using.use('b', FROM, USER), 'unknown');
  assert.equal(using.use('a', FROM, USER), 'good');
  assert.equal(using.use('a', FROM, 'phi.releases/0/1'), 'used', 'within one transaction');
  assert.equal(ledger.begin().use('a', FROM, 'phi.releases/0/1'), 'good', 'what was not committed did not happen');
  ledger.apply(using.delta);
  for (const one of [ledger, reloaded(using.records())]) {
    assert.equal(one.begin().use('a', FROM, USER), 'good', 'delivered again');
    assert.equal(one.begin().use('a', FROM, 'phi.releases/0/1'), 'used');
  }
  assert.equal(first.begin().use('a', FROM, USER), 'good');
  assert.equal(new Ledger().begin().use('a', FROM, USER), 'unknown');
});

test('what has ended and was told is forgotten, and past the bound nobody is asked', () => {
  const ledger = new Ledger();
  const full = ledger.begin();
  for (let i = 0; i < approvalsMax; i++) assert.ok(full.wait({ ...ASKED, id: `a-${i}`, expires: 1_000 + i }, FROM, 0));
  assert.equal(full.wait({ ...ASKED, id: 'more', expires: 9_000 }, FROM, 0), false);
  ledger.apply(full.delta);
  assert.equal(ledger.begin().wait({ ...ASKED, id: 'more', expires: 9_000 }, FROM, 1_000), false);
  assert.equal(ledger.next(), 1_000);
  assert.deepEqual(
    ledger.lapsed(1_003).map(({ id }) => id),
    ['a-0', 'a-1', 'a-2'],
  );
  // Of the third nobody has told that it has ended: it stays until somebody has, or could have.
  const telling = ledger.begin();
  for (const id of ['a-0', 'a-1']) assert.equal(telling.use(id, FROM, USER), 'good');
  ledger.apply(telling.delta);
  assert.deepEqual(
    ledger.lapsed(1_003).map(({ id }) => id),
    ['a-2'],
  );
  assert.equal(ledger.next(), 1_002);
  const later = ledger.begin();
  assert.ok(later.wait({ ...ASKED, id: 'more', expires: 9_000 }, FROM, 1_003));
  assert.deepEqual(
    later.records().map(({ key, value }) => `${key} ${value === null ? 'ends' : 'stands'}`),
    ['approval/a-0 ends', 'approval/a-1 ends', 'approval/more stands'],
  );
  ledger.apply(later.delta);
  assert.equal(ledger.size, approvalsMax - 1);
  assert.equal(ledger.begin().use('a-0', FROM, USER), 'unknown');
  const past = ledger.begin();
  assert.ok(past.wait({ ...ASKED, id: 'last', expires: 9 * approvalMs }, FROM, 3 * approvalMs));
  ledger.apply(past.delta);
  assert.equal(ledger.size, 1);
});

test('an approval eases what was asked for by rule and reason, and never what blocks, redacts or asks for another reason', () => {
  const said = [
    { rule: 'a', action: 'require_approval', code: 'x' },
    { rule: 'a', action: 'step_up', code: 'y' },
    { rule: 'a', action: 'require_approval', code: 'z' },
    { rule: 'b', action: 'require_approval', code: 'x' },
    { rule: 'a', action: 'block', code: 'x' },
    { rule: 'a', action: 'redact', code: 'y' },
  ];
  assert.deepEqual(
    withApproved(said, ['a x', 'a y']).map(({ action }) => action),
    ['alert', 'alert', 'require_approval', 'require_approval', 'block', 'redact'],
  );
  assert.equal(withApproved(said, undefined), said);
});

test('a token is read with its key alone, and not if any sign of it is another', () => {
  const about: Omit<Grant, 'v'> = {
    id: 'i',
    surface: 'output',
    plan: 'p',
    expires: 1,
    asked: ['a x'],
    decision: 'approved',
    from: FROM,
    input: 'h',
  };
  const token = tokenOf(about, KEY);
  assert.deepEqual(grantIn(token, KEY), { v: 1, ...about });
  assert.equal(grantIn(token, Buffer.alloc(32)), undefined);
  // The last sign of base64 holds bits that no byte has.
  for (let i = 0; i < token.length - 1; i++) {
    const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
    assert.equal(grantIn(changed, KEY), undefined, String(i));
  }
  for (const odd of ['', '.', `${token}.`, `${token}.${token}`, 'x'.repeat(100_000)])
    assert.equal(grantIn(odd, KEY), undefined);
});

test('names that people read as one are one', () => {
  for (const same of ['Dr. Lind', ' dr.  lind ', 'DR.\u00a0LIND', 'dr\u200b. lind\u200d', 'Ｄｒ. Lind'])
    assert.equal(folded(same), folded('dr. lind'), same);
  assert.notEqual(folded('dr. lindt'), folded('dr. lind'));
});
