/** What a person sees of the running gate holds no control characters of strangers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOf } from '../../src/commands/ink.js';
import { printable, printableJson, printableLines } from '../../src/commands/printable.js';
import { View } from '../../src/commands/run/view.js';

const EVIL = '\u001b]0;pwn\u0007\u009b2J\u202e\nFAKE LINE';

test('control characters in agents, sessions and messages are shown as escapes', () => {
  const view = new View(0);
  const facts = { tenant: 'north', agent: EVIL, session: EVIL, surface: 'prompt', findings: { mrn: 1 } } as const;
  view.committed({
    topic: 't',
    partition: 0,
    records: 1,
    bytesIn: 1,
    outcomes: {},
    findings: {},
    reasons: {},
    latenciesMs: [],
    lagRecords: 0,
    incidents: [{ rule: 'strong-identifier', facts }],
  } as unknown as Parameters<View['committed']>[0]);
  view.show(EVIL);
  const lines = view.lines(inkOf(false), 200, 1000);
  assert.ok(lines.some((line) => line.includes('\\u001b]0;pwn\\u0007')));
  for (const line of lines) assert.ok(!/[\p{Cc}\u202e]/u.test(line), JSON.stringify(line));
});

test('escapes keep what people can read, and JSON its meaning', () => {
  assert.equal(printable('Zoë 王 👩‍⚕️\tx'), 'Zoë 王 👩‍⚕️\\u0009x');
  assert.equal(printableLines('a\n\tb\r'), 'a\n\tb\\u000d');
  const value = { [EVIL]: [EVIL, '\u2028'] };
  assert.deepEqual(JSON.parse(printableJson(value, 2)), value);
  assert.ok(!/[^\P{Cc}\n]/u.test(printableJson(value, 2)));
});
