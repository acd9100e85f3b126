/**
 * The Apache Kafka that tests run against: its jars, fetched once with Maven into the user's cache folder, and the Java
 * that runs them. What is missing is said in one sentence that tells what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const KAFKA_VERSION = '4.3.1';

const JAVA_MAJOR_MIN = 17;
const FETCH_MS_MAX = 5 * 60_000;

export interface JavaKafka {
  readonly java: string;
  readonly classpath: string;
}

/** The way to run Kafka on this machine, or the reason why there is none. */
export function findJavaKafka(): JavaKafka | { readonly missing: string } {
  const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'java') : 'java';
  const major = javaMajor(java);
  if (major === undefined) return { missing: `Java ${JAVA_MAJOR_MIN} or newer` };
  if (major < JAVA_MAJOR_MIN) return { missing: `Java ${JAVA_MAJOR_MIN} or newer (this is ${major})` };
  const jars = join(cacheFolder(), `kafka-${KAFKA_VERSION}`);
  if (!existsSync(jars)) {
    const missing = fetchJars(jars);
    if (missing !== undefined) return { missing };
  }
  return { java, classpath: join(jars, '*') };
}

function javaMajor(java: string): number | undefined {
  const { status, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const version = status === 0 ? /version "(\d+)/.exec(stderr)?.[1] : undefined;
  return version === undefined ? undefined : Number(version);
}

function cacheFolder(): string {
  const ours = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(ours, 'sluice');
}

/** Into a folder beside the wanted one, which then takes its name: a fetch that is cut off leaves nothing behind. */
function fetchJars(target: string): string | undefined {
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), 'fetch-'));
  try {
    writeFileSync(
      join(folder, 'pom.xml'),
      `<project><modelVersion>4.0.0</modelVersion>
<groupId>org.example</groupId><artifactId>broker</artifactId><version>1</version>
<dependencies><dependency>
<groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version>
</dependency></dependencies></project>\n`,
    );
    const copy = [
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'jars')}`,
    ];
    const { error, status } = spawnSync('mvn', ['-B', '-q', ...copy], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
      timeout: FETCH_MS_MAX,
    });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT') return 'Maven (mvn)';
    if (status !== 0) return `a way for Maven to fetch org.apache.kafka:kafka_2.13:${KAFKA_VERSION} (it failed)`;
    try {
      renameSync(join(folder, 'jars'), target);
    } catch (error) {
      if (!existsSync(target)) throw error; // Somebody else was first, and has the same jars.
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
