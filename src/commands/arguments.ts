/**
 * Reads the arguments of a command by its table of options, which the help is printed from as well. Node's own strict
 * mode quotes what it did not understand; here nothing but the name of a flag is ever repeated.
 */
import { parseArgs } from 'node:util';
import { nearest } from '../nearest.js';
import { usage } from './failure.js';

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** What to call the value in the help: `FILE`. */
  readonly value?: string;
  readonly about: string;
}

export type Options = Readonly<Record<string, Option>>;

export type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K]['type'] extends 'boolean' ? true : string;
};

export interface Arguments<O extends Options> {
  readonly values: Values<O>;
  readonly positionals: readonly string[];
}

/** Options that every command has. */
export const HELP = { help: { type: 'boolean', short: 'h', about: 'this page' } } as const satisfies Options;

export function readArguments<O extends Options>(args: readonly string[], options: O): Arguments<O> {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | true> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw usage(unknown('option', token.rawName, Object.keys(options)));
    if (option.type === 'boolean') {
      if (token.value !== undefined) throw usage(`--${token.name} takes no value`);
      values[token.name] = true;
    } else {
      // A value that looks like a flag is a forgotten value; `--name=-x` says otherwise.
      if (token.value === undefined || (!token.inlineValue && /^-./.test(token.value))) {
        throw usage(`--${token.name} needs a value: --${token.name} ${option.value ?? 'VALUE'}`);
      }
      values[token.name] = token.value;
    }
  }
  return { values: values as Values<O>, positionals };
}

/** Says what was not understood. Only what looks like the name of a flag is repeated: all else may be a text. */
export function unknown(what: string, word: string, known: readonly string[]): string {
  const name = word.replace(/^--?/, '');
  const near = nearest(name, known);
  const said = /^--?[a-z][a-z-]{0,24}$/.test(word) ? ` ${word}` : '';
  const dashes = word.startsWith('-') ? '--' : '';
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean ${dashes}${near}?`;
  return `unknown ${what}${said}: ${hint}`;
}

const COLUMN = 25;

/** The options as the help lists them. */
export function optionLines(options: Options): string {
  return Object.entries(options)
    .map(([name, { short, value, about }]) => {
      const flag = `  ${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
      const [first, ...rest] = about.split('\n');
      const head = flag.length < COLUMN ? flag.padEnd(COLUMN) + first : `${flag}\n${' '.repeat(COLUMN)}${first}`;
      return [head, ...rest.map((line) => ' '.repeat(COLUMN) + line)].join('\n');
    })
    .join('\n');
}
