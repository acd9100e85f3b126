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

const bundle = await rollup({
  input: entries(),
  external: (id, importer) =>
    importer !== undefined && folderOf(id.startsWith('.') ? join(dirname(importer), id) : id) === undefined,
  onLog: (_level, { message }) => process.stderr.write(`bundle: ${message}\n`),
});
await bundle.write({ dir: dist, format: 'es', chunkFileNames: 'detectors/shared/[name].js' });
await bundle.close();

/** By its name within DIST, each file that src or detectors import from another folder than their own. */
function entries() {
  const wanted = new Set();
  for (const root of ['src', 'detectors'])
    for (const name of readdirSync(join(dist, root), { recursive: true })) {
      if (!name.endsWith('.js')) continue;
      const file = join(dist, root, name);
      for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\b[\s(]*'(\.[^']+)\.js'/g)) {
        const path = join(dirname(file), specifier);
        const folder = folderOf(path);
        if (folder !== undefined && folder !== folderOf(file)) wanted.add(path);
      }
    }
  return Object.fromEntries([...wanted].sort().map((path) => [relative(dist, path), `${path}.js`]));
}

function folderOf(path) {
  return FOLDERS.find((folder) => path.startsWith(join(dist, folder) + sep));
}
