/** The shield: what it answers, that it is on record before it answers, and that whatever fails withholds the message. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import {
  type AuditEntry,
  functionSink,
  type Incident,
  journalSink,
  Shield,
  type ShieldOptions,
  SluiceError,
} from '../../src/index.js';
import { messageBytesMax, shieldBytesMax } from '../../src/limits.js';
import { lockFolder } from '../../src/transports/journal-lock.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { deferred } from '../../src/transports/waiting.js';
import { CANARY, KEY } from '../kit/tasks.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-shield-'));
after(() => rmSync(root, { recursive: true, force: true }));

interface Kept {
  readonly audit: AuditEntry[];
  readonly incidents: Incident[];
}

/** A shield that keeps its records in memory, for the length of a test. */
async function withShield(
  options: Partial<ShieldOptions>,
  work: (shield: Shield, kept: Kept) => Promise<void>,
): Promise<void> {
  const kept: Kept = { audit: [], incidents: [] };
  const sink: ShieldOptions['sink'] = async ({ audit, incidents }) => {
    kept.audit.push(...audit);
    kept.incidents.push(...incidents);
  };
  const shield = new Shield({ agentId: 'portal-bot', key: KEY, sink, ...options });
  try {
    await work(shield, kept);
  } finally {
    await shield.close();
  }
}

const TEXT = `MRN ${CANARY}, call 617-555-0142`;
const code =
  (code: string, subject = '') =>
  (error: unknown): boolean =>
    error instanceof SluiceError && error.code === code && error.message.includes(subject);

test('what may pass has content, and each answer has its audit entry and incidents', () =>
  withShield({ tenant: 'north' }, async (shield, kept) => {
    const clean = await shield.scanInput({ content: 'When are you open?', context: { sessionId: 'chat-7' } });
    // @ts-expect-error: not before it is known that it may pass
    assert.equal(clean.content, 'When are you open?');
    assert.equal(clean.action, 'allow');
    assert.equal(clean.blocked ? '' : clean.content, 'When are you open?');
    const output = await shield.scanOutput({ content: TEXT, context: { messageId: 'm-1', patientId: 'P-1' } });
    assert.ok(output.action === 'redact');
    assert.equal(output.content, 'MRN [MRN-1], call [PHONE-1]');
    assert.deepEqual(output.findings, { phone: 1, mrn: 1 });
    assert.deepEqual(
      kept.audit.map(({ id, outcome }) => [id, outcome]),
      [
        [clean.auditId, 'clean'],
        [output.auditId, 'redacted'],
      ],
    );
    assert.deepEqual(
      kept.audit.map(({ source, previous }) => [source.offset, previous]),
      [
        [0, -1],
        [1, 0],
      ],
    );
    const [incident] = kept.incidents;
    assert.deepEqual([incident?.metadata.uid], output.incidentIds);
    assert.equal(incident?.metadata.tenant_uid, 'north');
    assert.equal(incident?.unmapped.sluice.audit, output.auditId);
    assert.equal(incident?.unmapped.sluice.surface, 'output');
    assert.equal(output.policy.digest, kept.audit[1]?.plan);
    assert.doesNotMatch(JSON.stringify([kept, output]), new RegExp(`${CANARY}|"P-1"|555-0142`));
  }));

test('JSON values stay JSON, tool calls keep their shape, and what is judged is what was there at the call', () =>
  withShield({}, async (shield) => {
    const parameters = { mrn: 482913, fields: ['insurance'] };
    const call = shield.scanToolCall({ toolName: 'ehr_query', parameters });
    parameters.fields[0] = `MRN ${CANARY}`;
    const result = await call;
    assert.ok(!result.blocked);
    assert.deepEqual(result.content, {
      toolName: 'ehr_query',
      parameters: { mrn: '[MRN-1]', fields: ['insurance'] },
    });
    const read = await shield.scanToolResult({ content: { rows: [{ mrn: CANARY }] } });
    assert.deepEqual(read.blocked ? null : read.content, { rows: [{ mrn: '[MRN-1]' }] });
    const context = await shield.scanInput({ content: TEXT, surface: 'context' });
    assert.equal(context.action, 'redact');
  }));

test('the content of what was withheld does not compile, throws, and is in no way of printing it', () =>
  withShield({ messageBytesMax: 1024 }, async (shield) => {
    const result = await shield.scanOutput({ content: TEXT + ' '.repeat(1024) });
    assert.ok(result.blocked);
    assert.equal(result.action, 'could-not-scan');
    assert.equal(result.reason, 'too-large');
    // @ts-expect-error: a withheld message has no content
    assert.throws(() => result.content, code('CONTENT_WITHHELD'));
    for (const shown of [inspect(result), JSON.stringify(result), JSON.stringify({ ...result })]) {
      assert.match(shown, /could-not-scan/);
      assert.doesNotMatch(shown, new RegExp(`${CANARY}|"?content"?:`));
    }
  }));

test('a context may be written in snake_case; what nobody knows is refused, and not repeated', () =>
  withShield({}, async (shield, kept) => {
    const camel = { patientId: 'P-17', taskScope: 'scheduling', requestingProvider: 'prov-4', hipaaContext: true };
    const snake = { patient_id: 'P-17', task_scope: 'scheduling', requesting_provider: 'prov-4', hipaa_context: true };
    await shield.scanInput({ content: 'hello', context: { ...camel, hipaaContext: true } });
    await shield.scanInput({ content: 'hello', context: { ...snake, hipaa_context: true } });
    assert.deepEqual(kept.audit[0]?.facts, kept.audit[1]?.facts);
    assert.match(JSON.stringify(kept.audit[0]?.facts), /"patient":"\[OTHER-ID:/);
    const refused: readonly (readonly [object, string])[] = [
      [{ patientID: 'P-17' }, 'patientId'],
      [{ [`MRN ${CANARY}`]: 'x' }, 'one of'],
      [{ patientId: 'P-17', patient_id: 'P-18' }, 'patientId is there twice'],
      [{ patientId: '' }, 'patientId'],
      [{ patientId: 17 }, 'patientId'],
      [{ hipaaContext: false }, 'hipaaContext'],
    ];
    for (const [context, subject] of refused) {
      const call = shield.scanInput({ content: 'hello', context: context as never });
      await assert.rejects(call, (error: Error) => {
        assert.doesNotMatch(error.message, new RegExp(`${CANARY}|P-17|P-18`));
        return code('OPTION_INVALID', subject)(error);
      });
    }
    assert.equal(kept.audit.length, 2);
  }));

test('a call is answered once its records are kept, and those that wait meanwhile are kept together', async () => {
  const turns = [deferred<void>(), deferred<void>()];
  const sizes: number[] = [];
  const sink: ShieldOptions['sink'] = async ({ audit }) => {
    await turns[sizes.push(audit.length) - 1]?.promise;
  };
  await withShield({ sink }, async (shield) => {
    let answered = 0;
    const ask = async (): Promise<void> => {
      await shield.scanInput({ content: 'hello' });
      answered++;
    };
    const first = ask();
    while (sizes.length === 0) await new Promise(setImmediate);
    const others = [ask(), ask(), ask()];
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
    assert.equal(answered, 0);
    turns[0]?.resolve();
    await first;
    assert.equal(answered, 1);
    turns[1]?.resolve();
    await Promise.all(others);
    assert.deepEqual(sizes, [1, 3]);
  });
});

test('a sink that fails or hangs withholds the messages, says why, and is asked again', async () => {
  const faults: string[] = [];
  let mode: 'fails' | 'hangs' | 'keeps' = 'fails';
  const places = new Set<string>();
  const sink: ShieldOptions['sink'] = async ({ audit }) => {
    if (mode === 'fails') throw new Error(`MRN ${CANARY}`);
    if (mode === 'hangs') await new Promise(() => {});
    for (const { source } of audit) places.add(source.topic);
  };
  await withShield({ sink, sinkMs: 50, onFault: (code) => faults.push(code) }, async (shield) => {
    for (mode of ['fails', 'hangs'] as const) {
      const result = await shield.scanInput({ content: 'hello' });
      assert.ok(result.blocked);
      assert.deepEqual([result.action, result.reason, result.auditId], ['could-not-scan', 'not-recorded', undefined]);
    }
    mode = 'keeps';
    assert.equal((await shield.scanInput({ content: 'hello' })).action, 'allow');
    assert.deepEqual(faults, ['SINK_FAILED', 'SINK_FAILED']);
    assert.equal(places.size, 1);
  });
});

test('more bytes than the bound are withheld', async () => {
  const turn = deferred<void>();
  await withShield({ sink: () => turn.promise }, async (shield) => {
    const content = ' '.repeat(messageBytesMax);
    const most = Math.floor(shieldBytesMax / messageBytesMax);
    const calls = Array.from({ length: most + 20 }, () => shield.scanInput({ content }));
    const first = await Promise.race(calls);
    assert.equal(first.blocked ? first.reason : '', 'overloaded');
    turn.resolve();
    const reasons = (await Promise.all(calls)).map(({ reason }) => reason);
    const counts = ['too-large', 'overloaded'].map((one) => reasons.filter((reason) => reason === one).length);
    assert.deepEqual([counts[0]! + counts[1]!, counts[0]! > most / 2], [calls.length, true], String(counts));
  });
});

test('a journal keeps what shields of all tenants record, and goes on where it stopped', async () => {
  const folder = join(root, 'journal');
  const round = async (): Promise<(string | undefined)[]> => {
    const shields = ['north', 'south'].map((tenant) => {
      return new Shield({ agentId: 'portal-bot', tenant, sink: journalSink(folder) });
    });
    const answers = await Promise.all(shields.map((shield) => shield.scanOutput({ content: TEXT })));
    await Promise.all(shields.map((shield) => shield.close()));
    return answers.map(({ auditId }) => auditId).sort();
  };
  assert.deepEqual([...(await round()), ...(await round())], ['shield/0/0', 'shield/0/1', 'shield/0/2', 'shield/0/3']);
  const audit: AuditEntry[] = [];
  for await (const { record } of followTopic(folder, 'phi.audit', { follow: false })) {
    audit.push(JSON.parse(record.value!.toString()) as AuditEntry);
  }
  assert.deepEqual(
    audit.map(({ id, previous }) => [id, previous]),
    [0, 1, 2, 3].map((n) => [`shield/0/${n}`, n - 1]),
  );
  assert.deepEqual(
    new Set(audit.map(({ facts }) => (facts as { tenant: string }).tenant)),
    new Set(['north', 'south']),
  );
});

test('in worker threads the answers are the same', async () => {
  const answers = async (threads: number): Promise<unknown> => {
    let out: unknown;
    await withShield({ threads }, async (shield) => {
      const { auditId: _, incidentId: __, incidentIds, ...rest } = await shield.scanOutput({ content: TEXT });
      out = [rest, incidentIds.length];
    });
    return out;
  };
  assert.deepEqual(await answers(1), await answers(0));
});

test('what cannot work is refused when the shield is made, and a closed one answers no more', async () => {
  const sink: ShieldOptions['sink'] = async () => {};
  assert.throws(() => new Shield({ agentId: ' ', sink, key: KEY }), code('OPTION_INVALID', 'agentId'));
  assert.throws(() => new Shield({ agentId: 'bot', sink, key: 'short' }), code('KEY_TOO_SHORT'));
  assert.throws(() => new Shield({ agentId: 'bot', sink }), code('KEY_MISSING'));
  for (const [name, value] of Object.entries({ threads: -1, deadlineMs: 0, messageBytesMax: 1e9, sinkMs: 0.5 }))
    assert.throws(() => new Shield({ agentId: 'bot', sink, key: KEY, [name]: value }), code('OPTION_INVALID', name));
  const shield = new Shield({ agentId: 'bot', sink, key: KEY });
  await shield.ready();
  await shield.close();
  await assert.rejects(shield.scanInput({ content: 'hello' }), code('SHIELD_CLOSED'));
});

test('calls in hand are answered before a shield closes', async () => {
  const turn = deferred<void>();
  const shield = new Shield({ agentId: 'bot', key: KEY, sink: () => turn.promise });
  const call = shield.scanInput({ content: 'hello' });
  const closed = shield.close();
  turn.resolve();
  assert.equal((await call).action, 'allow');
  await closed;
});

const POLICY = (rule: string): string => `version: "1.0"\nname: desk\nrules:\n${rule}`;
const BLOCKS = `  - {name: no-numbers, scanner: pii, action: block, severity: high, config: {phi_categories: [medical_record_number]}}\n`;
const REDACTS = BLOCKS.replace('block', 'redact').replace('no-numbers', 'take-out');

function policyFile(name: string, rule: string): string {
  const path = join(root, name);
  writeFileSync(path, POLICY(rule));
  return path;
}

test('a policy decides; what it blocks says which rule did and why, and raises an incident', async () => {
  const policyPath = policyFile('blocks.yaml', BLOCKS);
  await withShield({ policyPath }, async (shield, { incidents }) => {
    const result = await shield.scanOutput({ content: TEXT });
    assert.ok(result.action === 'block');
    const [decision] = result.decisions;
    assert.deepEqual([decision?.rule, result.reason], ['no-numbers', decision?.code]);
    assert.deepEqual(
      incidents.map(({ metadata, unmapped }) => [metadata.uid, unmapped.sluice.rule]),
      [[result.incidentId, 'no-numbers']],
    );
    assert.equal(result.policy.name, 'desk');
    assert.equal((await shield.scanOutput({ content: 'call 617-555-0142' })).action, 'allow');
  });
});

test('a policy that changes is taken in while calls go on; a bad one is not, and is told', async () => {
  const policyPath = policyFile('changes.yaml', BLOCKS);
  const faults: string[] = [];
  await withShield({ policyPath, onFault: (code) => faults.push(code) }, async (shield) => {
    const until = async (done: () => Promise<boolean>): Promise<void> => {
      for (const end = Date.now() + 20_000; !(await done()); ) {
        assert.ok(Date.now() < end, 'in time');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    assert.equal((await shield.scanOutput({ content: TEXT })).action, 'block');
    writeFileSync(policyPath, POLICY('  - {name: no-numbers, scanner: pii, action: bloc}\n'));
    await until(async () => faults.length > 0);
    assert.deepEqual(faults, ['POLICY_INVALID']);
    assert.equal((await shield.scanOutput({ content: TEXT })).action, 'block');
    writeFileSync(policyPath, POLICY(REDACTS));
    await until(async () => (await shield.scanOutput({ content: TEXT })).action === 'redact');
  });
});

test('a policy that cannot be put in force is refused when the shield is made', () => {
  const sink: ShieldOptions['sink'] = async () => {};
  const made = (options: Partial<ShieldOptions>) => () => new Shield({ agentId: 'bot', key: KEY, sink, ...options });
  assert.throws(made({ policyPath: join(root, 'none.yaml') }), code('FILE_UNREADABLE'));
  assert.throws(made({ policyPath: policyFile('bad.yaml', '  - {}\n') }), code('POLICY_INVALID', 'rules[0]'));
  assert.throws(made({ without: ['clinical_safety'] }), code('OPTION_INVALID', 'policyPath'));
  const unbuilt = policyFile('unbuilt.yaml', `${BLOCKS}  - {name: safe, scanner: clinical_safety, action: alert}\n`);
  assert.throws(made({ policyPath: unbuilt }), code('POLICY_INVALID', 'clinical_safety'));
});

test('asking for a check that no rule does is refused', async () => {
  await withShield({ policyPath: policyFile('blocks.yaml', BLOCKS) }, async (shield) => {
    const asked = { content: 'hello', context: { patientId: 'P-17', checkCrossPatient: true } };
    await assert.rejects(shield.scanOutput(asked), code('OPTION_INVALID', 'checkCrossPatient'));
  });
  await withShield({}, async (shield) => {
    const asked = { content: 'hello', context: { patient_id: 'P-17', check_cross_patient: true } };
    assert.equal((await shield.scanOutput(asked)).action, 'allow');
  });
});

test('a thousand tenants share one engine', async () => {
  const policyPath = policyFile('tenants.yaml', BLOCKS);
  const sink = functionSink(async () => {});
  const one = (tenant: string) => new Shield({ agentId: 'bot', tenant, policyPath, key: KEY, sink });
  const shields = [one('t-0')];
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  for (let i = 1; i < 1000; i++) shields.push(one(`t-${i}`));
  const bytes = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - before;
  assert.ok(bytes < 1000 * 20_000, `${bytes} bytes`);
  assert.equal((await shields[999]?.scanOutput({ content: TEXT }))?.action, 'block');
  await Promise.all(shields.map((shield) => shield.close()));
});

test('a folder that is another’s withholds messages for as long as it is', async () => {
  const folder = join(root, 'taken');
  mkdirSync(folder);
  const lock = await lockFolder(folder);
  const faults: string[] = [];
  const shield = new Shield({ agentId: 'bot', sink: journalSink(folder), onFault: (code) => faults.push(code) });
  await assert.rejects(shield.ready(), code('JOURNAL_LOCKED'));
  const result = await shield.scanInput({ content: 'hello' });
  assert.deepEqual([result.action, result.reason, faults], ['could-not-scan', 'not-recorded', ['JOURNAL_LOCKED']]);
  await lock.release();
  assert.equal((await shield.scanInput({ content: 'hello' })).action, 'allow');
  const closed = shield.close();
  const next = new Shield({ agentId: 'bot', sink: journalSink(folder) });
  assert.equal((await next.scanInput({ content: 'hello' })).auditId, 'shield/0/1');
  await closed;
  await next.close();
});

test('without the directory that it was made with a shield withholds, and says so in the audit', async () => {
  const faults: string[] = [];
  const options = { directoryPath: join(root, 'none.yaml'), onFault: (code: string) => void faults.push(code) };
  await withShield(options, async (shield, { audit }) => {
    const result = await shield.scanInput({ content: TEXT });
    assert.deepEqual([result.action, result.reason], ['could-not-scan', 'directory-unreadable']);
    assert.deepEqual(
      [audit[0]?.reason, audit[0]?.id, faults],
      ['directory-unreadable', result.auditId, ['DIRECTORY_INVALID']],
    );
    await assert.rejects(shield.ready(), code('DIRECTORY_INVALID'));
  });
});

test('whoever listens and throws holds nothing up', async () => {
  let fails = true;
  const sink: ShieldOptions['sink'] = async () => {
    if (fails) throw new Error('full');
  };
  const onFault = (): void => {
    throw new Error('mine');
  };
  await withShield({ sink, onFault }, async (shield) => {
    assert.equal((await shield.scanInput({ content: 'hello' })).reason, 'not-recorded');
    fails = false;
    assert.equal((await shield.scanInput({ content: 'hello' })).action, 'allow');
  });
});
