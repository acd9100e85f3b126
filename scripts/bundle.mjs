/**
 * Makes few files of the detectors: `node scripts/bundle.mjs DIST` puts together, in place, what other folders import from
 * DIST/detectors. A start then loads a handful of files instead of a hundred and fifty, and a constant of one file is a
 * constant to the compiler in all. What was there stays under its name, for tests that look at one file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rollup } from '@rollup/wasm-node';

const dist = resolve(process.argv[2] ?? 'dist');
const detectors = join(dist, 'detectors');

const bundle = await rollup({
  input: entries(),
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  onLog: (_level, { message }) => process.stderr.write(`bundle: ${message}\n`),
});
await bundle.write({ dir: detectors, format: 'es', chunkFileNames: 'shared/[name].js' });
await bundle.close();

/** By its name within the folder, each file that src imports from it. */
function entries() {
  const files = readdirSync(join(dist, 'src'), { recursive: true }).filter((name) => name.endsWith('.js'));
  const wanted = files.flatMap((name) =>
    [...readFileSync(join(dist, 'src', name), 'utf8').matchAll(/from '(?:\.\.\/)+detectors\/([^']+)\.js'/g)].map(
      ([, path]) => path,
    ),
  );
  return Object.fromEntries([...new Set(wanted)].sort().map((path) => [path, join(detectors, `${path}.js`)]));
}
