/**
 * Sets up a checkout before any npm script: installs the locked dependencies and compiles, each only when what it
 * depends on has changed. Needs Node alone. Silent, offline and fast when there is nothing to do; reports on stderr, so
 * that what a script prints stays clean. `--install-only` leaves out the compiler.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WAIT_MS_MAX = 10 * 60_000;
const NODE_MAJOR_MIN = 20;
const SOURCES = { detectors: /\.(ts|txt|bin)$/, src: /\.ts$/, bench: /\.ts$/, test: /\.ts$/, fixtures: /\.ts$/ };
const LEXICON = 'detectors/lexicon/compile.js';
const BUNDLE = 'scripts/bundle.mjs';
const LOCK = '.sluice/prepare.lock';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const nodeMajor = Number.parseInt(process.versions.node, 10);
const installOnly = process.argv.includes('--install-only');

const install = {
  stamp: 'node_modules/.sluice-stamp',
  key: () => hash([readFileSync('package-lock.json'), `${nodeMajor} ${process.platform} ${process.arch}`]),
  run() {
    if (installedByHand()) return;
    say('installing the locked dependencies');
    npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
  },
};

const compile = {
  stamp: 'dist/.sluice-stamp',
  key: () => hash(sources().flatMap((path) => [path, readFileSync(path)])),
  run() {
    say('compiling');
    rmSync('dist.next', { recursive: true, force: true });
    node('The compiler found errors.', 'node_modules/typescript/bin/tsc', '-p', '.', '--outDir', 'dist.next');
    node('The lexicon did not compile.', `dist.next/${LEXICON}`);
    node('The detectors were not put together.', BUNDLE, 'dist.next');
    // A whole new folder takes the place of the old one, so nothing stale stays and what is running sees no half.
    rmSync('dist.old', { recursive: true, force: true });
    if (existsSync('dist')) renameSync('dist', 'dist.old');
    renameSync('dist.next', 'dist');
    rmSync('dist.old', { recursive: true, force: true });
  },
};

try {
  if (nodeMajor < NODE_MAJOR_MIN) fail(`Node ${NODE_MAJOR_MIN} or newer is needed; this is ${process.versions.node}.`);
  const steps = installOnly ? [install] : [install, compile];
  if (!steps.every(isCurrent)) {
    await lock();
    for (const step of steps) {
      if (isCurrent(step)) continue;
      const key = step.key(); // Before the run: what is edited during it makes the next one run again.
      rmSync(step.stamp, { force: true });
      step.run();
      mkdirSync(step.stamp.slice(0, step.stamp.indexOf('/')), { recursive: true });
      writeFileSync(step.stamp, key);
    }
  }
} catch (error) {
  say(error.message);
  process.exitCode = 1;
} finally {
  unlock();
}

function isCurrent(step) {
  return read(step.stamp) === step.key();
}

function sources() {
  const files = ['tsconfig.json', 'package-lock.json', BUNDLE];
  for (const [folder, pattern] of Object.entries(SOURCES)) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true }).sort()) {
      if (pattern.test(name)) files.push(`${folder}/${name}`);
    }
  }
  return files;
}

/** After `npm install`, npm's own record of what it put there equals the lock file: nothing to do. */
function installedByHand() {
  const here = JSON.parse(read('node_modules/.package-lock.json') ?? '{}').packages ?? {};
  const wanted = Object.entries(JSON.parse(read('package-lock.json')).packages).filter(([path]) => path !== '');
  return wanted.every(([path, { integrity, optional, os, cpu, libc }]) => {
    if (path in here) return here[path].integrity === integrity && existsSync(`${path}/package.json`);
    const forAnother = !(os?.includes(process.platform) ?? true) || !(cpu?.includes(process.arch) ?? true) || libc;
    return optional && forAnother;
  });
}

/** One process at a time works here. Who finds the lock of a dead process takes it away; who finds a live one waits. */
async function lock() {
  mkdirSync('.sluice', { recursive: true });
  const deadline = Date.now() + WAIT_MS_MAX;
  for (let told = false; ; ) {
    try {
      writeFileSync(LOCK, `${process.pid}`, { flag: 'wx' });
      lock.held = true;
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = read(LOCK);
    if (owner !== undefined && isDead(owner)) {
      const aside = `${LOCK}.${process.pid}`;
      try {
        renameSync(LOCK, aside); // Of several who saw the dead owner, one gets it.
        if (read(aside) !== owner) renameSync(aside, LOCK); // Not the dead one's any more: give it back.
        rmSync(aside, { force: true });
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
      continue;
    }
    if (!told) say(`waiting for process ${owner}, which is setting up this checkout`);
    told = true;
    if (Date.now() > deadline) fail(`Process ${owner} has been setting up for too long. If it is not, delete ${LOCK}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function unlock() {
  if (lock.held) rmSync(LOCK, { force: true });
}

function isDead(owner) {
  // An owner dies between making the file and writing its id into it: believe an empty file for ten seconds.
  if (owner === '') return Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 10_000;
  if (Number(owner) === process.pid) return true; // A container's ids begin anew at each start.
  try {
    process.kill(Number(owner), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  const ours = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const run = ours ? spawn(process.execPath, [cli, ...args]) : spawn('npm', args, process.platform === 'win32');
  if (run.error) fail(`npm did not start (${run.error.code}).`);
  if (run.status !== 0) fail(`npm ${args[0]} failed: is a package registry reachable, and does package-lock.json fit?`);
}

function node(message, ...args) {
  if (spawn(process.execPath, args).status !== 0) fail(message);
}

/** Children print on stderr too. */
function spawn(command, args, shell = false) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], shell });
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function say(line) {
  process.stderr.write(`prepare: ${line}\n`);
}

function fail(message) {
  throw new Error(message);
}
