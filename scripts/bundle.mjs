/**
 * Makes few files of the detectors and the engine: `node scripts/bundle.mjs DIST` puts together, in place, what others
 * import from the two folders. A start then loads a handful of files instead of two hundred, and a constant of one file is
 * a constant to the compiler in all. What was there stays under its name, for tests that look at one file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { rollup } from '@rollup/wasm-node';

const FOLDERS = ['detectors', 'src/engine'];

const dist = resolve(process.argv[2] ?? 'dist');

/** Commands that detect nothing read the contract alone; what is put together has a copy, whose constants are its own. */
const contract = join(dist, 'detectors/contract.js');
const copied = `${contract}?copied`;

const bundle = await rollup({
  input: Object.fromEntries(entries().map((path) => [path, join(dist, `${path}.js`)])),
  external: (id, importer) => id !== copied && importer !== undefined && !isOurs(resolved(id, importer)),
  plugins: [
    {
      name: 'contract',
      resolveId: (id, importer) => (importer && resolved(id, importer) === contract ? copied : null),
      load: (id) => (id === copied ? readFileSync(contract, 'utf8') : null),
    },
  ],
  onLog: (_level, { message }) => process.stderr.write(`bundle: ${message}\n`),
});
await bundle.write({
  dir: dist,
  format: 'es',
  manualChunks: (id) => (id === contract ? undefined : 'engine'),
  chunkFileNames: 'detectors/together/[name].js',
});
await bundle.close();

/** Each file of the two folders that the rest of src imports. */
function entries() {
  const paths = new Set();
  for (const name of readdirSync(join(dist, 'src'), { recursive: true })) {
    const file = join(dist, 'src', name);
    if (!name.endsWith('.js') || isOurs(file)) continue;
    for (const [, id] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\b[\s(]*'(\.[^']+)\.js'/g))
      if (isOurs(resolved(id, file))) paths.add(relative(dist, resolved(id, file)));
  }
  return [...paths].sort();
}

function resolved(id, importer) {
  return id.startsWith('.') ? join(dirname(importer), id) : id;
}

function isOurs(path) {
  return FOLDERS.some((folder) => path.startsWith(join(dist, folder) + sep)) && !readsBeside(path);
}

/** Whether a file finds data beside itself, like the compiled lexicon: it stays where it is. */
function readsBeside(path) {
  const file = path.endsWith('.js') ? path : `${path}.js`;
  return /new URL\([^)]*import\.meta\.url/.test(readFileSync(file, 'utf8'));
}
