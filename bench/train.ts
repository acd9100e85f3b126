/**
 * `npm run train`: learns the tagger's weights from generated documents alone and writes them where the build takes them from.
 * The same seed gives the same bytes on every machine. `--documents N`, `--epochs N`, `--seed N`, `--output FILE`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pack } from '../detectors/lexicon/sparse.js';
import { generate } from '../fixtures/corpus/index.js';
import { ZERO } from '../src/engine/tagger/weights.js';
import { type Example, exampleOf } from './train/examples.js';
import { learn, quantise } from './train/learn.js';

const WEIGHTS = fileURLToPath(new URL('../../detectors/tagger/weights.bin', import.meta.url));
/** Of the file of weights. */
const PACKED_BYTES_MAX = 2 << 20;
/** Of all documents, those without any identifier. */
const CLEAN_SHARE = 0.3;

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '480000' },
    epochs: { type: 'string', default: '2' },
    seed: { type: 'string', default: '101' },
    output: { type: 'string', default: WEIGHTS },
  },
});
const count = Number(values.documents);
const seed = Number(values.seed);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const examples: Example[] = [];
for (const half of ['training', 'open'] as const)
  for (const document of generate({ seed, half, count: half === 'open' ? count / 3 : count, cleanShare: CLEAN_SHARE }))
    examples.push(exampleOf(document));
say(`${examples.length} documents, ${examples.reduce((sum, example) => sum + example.count, 0)} tokens`);
const weights = quantise(learn(examples, { epochs: Number(values.epochs), seed, say }));
const packed = pack(weights);
if (packed.length > PACKED_BYTES_MAX) throw new Error(`${packed.length} bytes of weights`);
writeFileSync(values.output, packed);
say(`${weights.filter((weight) => weight !== ZERO).length} weights in ${packed.length} bytes`);
