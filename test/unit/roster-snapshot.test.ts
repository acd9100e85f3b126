/** Snapshots: sealed, of one tenant and one key, without patients' data, the same in every thread, swapped while others read. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { COLUMNS, city, csvLine } from '../../fixtures/roster/city.js';
import { Domain } from '../../src/roster/domain.js';
import { readSnapshot, writeSnapshot } from '../../src/roster/file.js';
import { rosterKeys } from '../../src/roster/keys.js';
import { Roster } from '../../src/roster/roster.js';
import { RosterHolder, RosterPublisher } from '../../src/roster/swap.js';
import { HEADER, KEYS, made, PATIENTS, SECRET, told } from '../kit/roster.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-roster-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const people = [...city(3000)];
const { image } = made([COLUMNS, ...people.map(csvLine)]);

describe('roster: the snapshot', () => {
  it('is read back as it was written, and nothing stays beside it', () => {
    const path = join(folder, 'a.roster');
    writeSnapshot(path, image);
    assert.deepEqual(readdirSync(folder), ['a.roster']);
    assert.ok(Buffer.from(readSnapshot(path, KEYS)).equals(Buffer.from(image)));
  });

  it('holds no value of a patient', () => {
    const bytes = Buffer.from(new Uint8Array(image)).toString('latin1').toLowerCase();
    for (const one of people.slice(0, 500))
      for (const value of [one.mrn, one.ssn, one.member, one.phone, one.email, one.birth, one.address])
        assert.ok(value === '' || !bytes.includes(value.toLowerCase()));
  });

  it('is refused when one byte is another, wherever it stands, or the end is missing', () => {
    const path = join(folder, 'b.roster');
    const good = Buffer.from(new Uint8Array(image));
    const step = Math.floor(good.length / 40);
    for (let at = 0; at < good.length; at += step) {
      const bad = Buffer.from(good);
      bad[at] ^= 1;
      writeFileSync(path, bad);
      assert.throws(() => readSnapshot(path, KEYS), /ROSTER_(INVALID|TENANT|KEY)/, `byte ${at}`);
    }
    for (const length of [0, 10, 700, good.length - 1]) {
      writeFileSync(path, good);
      truncateSync(path, length);
      assert.throws(() => readSnapshot(path, KEYS), /ROSTER_INVALID/, `${length} bytes`);
    }
    assert.throws(() => readSnapshot(join(folder, 'none'), KEYS), /FILE_UNREADABLE/);
    assert.throws(() => writeSnapshot(join(folder, 'no', 'folder'), image), /FILE_UNWRITABLE/);
  });

  it('knows another tenant and a wrong key for what they are', () => {
    const path = join(folder, 'a.roster');
    assert.throws(() => readSnapshot(path, rosterKeys(SECRET, 'south')), /ROSTER_TENANT/);
    assert.throws(() => readSnapshot(path, rosterKeys(Buffer.from('another secret, as long'), 'north')), /ROSTER_KEY/);
    assert.throws(() => new Roster({ base: image }, rosterKeys(SECRET, 'south')), /ROSTER_TENANT/);
    assert.throws(() => rosterKeys(Buffer.from('short'), 'north'), /KEY_TOO_SHORT/);
  });

  it('says nothing to the key of another tenant, even if it were to ask', () => {
    const stolen = new Roster({ base: image }, { ...KEYS, fingerprint: rosterKeys(SECRET, 'south').fingerprint });
    const found = new Set<number>();
    for (const { mrn } of people) stolen.lookUp(Domain.Chart, mrn, found);
    assert.equal(found.size, 0);
    const own = new Roster({ base: image }, KEYS);
    for (const { mrn } of people) own.lookUp(Domain.Chart, mrn.replace(/^0+/, ''), found);
    assert.equal(found.size, people.length);
  });

  it('two tenants’ snapshots of the same patients have no fingerprint in common', () => {
    const other = made([COLUMNS, ...people.map(csvLine)], { keys: rosterKeys(SECRET, 'south') }).image;
    const words = (buffer: SharedArrayBuffer): Set<number> => {
      const slots = new Roster({ base: buffer }, buffer === image ? KEYS : rosterKeys(SECRET, 'south')).base;
      const [at, length] = slots.header.sections.table;
      const all = new Uint32Array(buffer, at + 32, (length - 32) / 4);
      return new Set(all.filter((_, i) => i % 2 === 0 && all[i + 1] !== 0));
    };
    const [one, two] = [words(image), words(other)];
    // Of 32 bits, some are equal by chance.
    const shared = [...one].filter((word) => two.has(word)).length;
    assert.ok(shared <= 3, `${shared} of ${one.size}`);
  });
});

describe('roster: swapped while others read', () => {
  const before = made([HEADER, PATIENTS[0]]).image;
  const behind = made([HEADER, ...PATIENTS]).image;
  const text = 'MRN: 10000004';

  it('a thread takes the newest when it looks, and keeps the one it has until then', () => {
    const publisher = new RosterPublisher();
    const holder = new RosterHolder(publisher.seat(), KEYS);
    assert.equal(holder.current(), undefined);
    publisher.publish({ base: before });
    const first = holder.current()!;
    assert.deepEqual(told(first, '10000001', text), []);
    assert.equal(holder.current(), first);
    publisher.publish({ base: before });
    publisher.publish({ base: behind });
    assert.deepEqual(told(holder.current()!, '10000001', text), ['strong mrn']);
    assert.deepEqual(told(first, '10000001', text), []);
    const late = new RosterHolder(publisher.seat(), KEYS);
    assert.deepEqual(told(late.current()!, '10000001', text), ['strong mrn']);
    publisher.publish({ base: new SharedArrayBuffer(64) });
    assert.throws(() => holder.current(), /ROSTER_INVALID/);
    assert.equal(holder.current(), undefined);
    publisher.close();
  });

  it('a busy worker sees it between two messages, and loses none', async () => {
    const publisher = new RosterPublisher();
    const seat = publisher.seat();
    publisher.publish({ base: before });
    const at = (path: string): string => new URL(path, import.meta.url).href;
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       Promise.all([import(workerData.swap), import(workerData.kit)]).then(([{ RosterHolder }, { KEYS, told }]) => {
         const holder = new RosterHolder(workerData.seat, KEYS);
         let asked = 0;
         for (const end = Date.now() + 20_000; Date.now() < end; asked++) {
           const found = told(holder.current(), '10000001', 'MRN: 10000004').length;
           if (asked === 0) parentPort.postMessage('begun');
           if (found > 0) break;
         }
         parentPort.postMessage(asked);
       });`,
      {
        eval: true,
        workerData: { seat, swap: at('../../src/roster/swap.js'), kit: at('../kit/roster.js') },
        transferList: [seat.port],
      },
    );
    const next = (): Promise<unknown> =>
      new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    assert.equal(await next(), 'begun');
    const answered = next();
    publisher.publish({ base: behind });
    assert.ok(((await answered) as number) >= 1);
    await worker.terminate();
    publisher.close();
  });
});
