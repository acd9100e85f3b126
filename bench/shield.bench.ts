/**
 * What a call of the SDK costs beyond judging, one after the other and a hundred at a time, with a sink that keeps nothing;
 * and what one more tenant costs. CPU time, the least of many rounds of each, taken in turn.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { functionSink, Shield } from '../src/index.js';
import { createJudge } from '../src/judge.js';
import { builtInPlan } from '../src/policy/plan.js';
import { type Bench, print } from './harness.js';

const ROUNDS = 15;
const CALLS = 500;
const AT_ONCE = 100;
const TENANTS = 2_000;
const KEY = 'a key for benches, and for nothing';
const CONTENT = 'Pt Maya Ostrow, MRN 00482913, seen by Dr. Levin on 03/14/2024. '.repeat(4);
const CONTEXT = { patientId: '00482913', sessionId: 'chat-7' };

export const shield: Bench = {
  name: 'shield',
  about: 'microseconds of CPU that a call of the SDK takes beyond judging, and bytes of heap for one more tenant',
  async run() {
    const sink = functionSink(async () => {});
    const shields = [new Shield({ agentId: 'bench', key: KEY, sink })];
    const [first] = shields;
    const plan = builtInPlan({ messageBytesMax: 1 << 20, tenant: 'default', referenceKey: Buffer.from(KEY) });
    const judge = createJudge(plan);
    const head = { tenant: 'default', agent: 'bench', surface: 'output', patient_id: '00482913', session: 'chat-7' };
    const value = Buffer.from(JSON.stringify({ ...head, content: CONTENT }));
    const call = () => first!.scanOutput({ content: CONTENT, context: CONTEXT });
    const works: Readonly<Record<string, () => Promise<void>>> = {
      judging: async () => {
        for (let i = 0; i < CALLS; i++) judge.judge({ surface: 'output', key: null, value, headers: [] }, Date.now());
      },
      one: async () => {
        for (let i = 0; i < CALLS; i++) await call();
      },
      many: async () => {
        for (let i = 0; i < CALLS; i += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, call));
      },
    };
    const least = await costs(works);
    const before = heapBytes();
    for (let i = 0; i < TENANTS; i++) shields.push(new Shield({ agentId: 'bench', tenant: `t-${i}`, key: KEY, sink }));
    const tenant = (heapBytes() - before) / TENANTS;
    await Promise.all(shields.map((one) => one.close()));
    const figures = {
      shield_judging_us: least.judging,
      shield_call_us: least.one - least.judging,
      shield_call_of_100_us: least.many - least.judging,
      shield_tenant_bytes: tenant,
    };
    print('judging', figures.shield_judging_us, 'us/call');
    print('the rest, one after the other', figures.shield_call_us, 'us/call');
    print(`the rest, ${AT_ONCE} at a time`, figures.shield_call_of_100_us, 'us/call');
    print('one more tenant', figures.shield_tenant_bytes, 'bytes');
    return figures;
  },
};

/** Of what is still in use. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

async function costs(works: Readonly<Record<string, () => Promise<void>>>): Promise<Record<string, number>> {
  const least: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      least[name] = Math.min(least[name] ?? Number.POSITIVE_INFINITY, (user + system) / CALLS);
    }
  }
  return least;
}
