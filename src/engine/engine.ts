/**
 * The engine: one input in, findings out, and the input with its findings replaced. It only sequences the steps (document,
 * tokens, labels, tagger, detectors, overlap, redaction); it finds and splices, and decides nothing.
 */
import { CATEGORIES, type Category, type Detector } from '../../detectors/contract.js';
import { detectors as registered } from '../../detectors/index.js';
import { SluiceError } from '../errors.js';
import { textUnitsMax } from '../limits.js';
import { Arena } from './arena.js';
import { findCues } from './cues.js';
import { compileAnchors, type Dispatch, detect } from './detect.js';
import { type Document, readDocument } from './document.js';
import { echo } from './echo.js';
import { type Finding, type Located, locate } from './finding.js';
import { classify, findLabels } from './labels.js';
import { type Json, pointed, read, write } from './object.js';
import { resolve } from './overlap.js';
import { OPERATING_POINTS, type OperatingPoint, PROFILES, type Profile } from './profile.js';
import { splice } from './redact.js';
import { Spans } from './spans.js';
import { mixed, replacer, STYLES, type Style } from './styles.js';
import { Tagger } from './tagger/tagger.js';
import { tokenize } from './tokens.js';
import { type Vocabulary, vocabularyOf } from './vocabulary.js';

export interface EngineOptions {
  /** How findings are replaced; `label` unless said. */
  readonly style?: Style;
  /** Secret of at least 16 bytes; the `hash` style needs one. */
  readonly key?: Uint8Array | string;
  /** Categories to look for; all eighteen unless said. */
  readonly categories?: readonly Category[];
  /** How sure the engine has to be of names, places and dates; `balanced` unless said. */
  readonly profile?: Profile | OperatingPoint;
  /** Findings below this confidence are dropped; what the profile says unless said: 0.5 for `balanced`. */
  readonly confidenceMin?: number;
  /** The clock, for ages and birth years. */
  readonly now?: () => Date;
  /** Other detectors than the shipped ones: for tests. */
  readonly detectors?: readonly Detector[];
}

/** What is known about one message. */
export interface ScanContext {
  /** Whose message it is: hashes differ between tenants. */
  readonly tenant?: string;
  /** Overrides the engine's style for this message. */
  readonly style?: Style;
  /** Asked by `redact` how each finding is replaced, in their order; `null` leaves it as it stands. Undefined: all alike. */
  readonly choose?: (findings: readonly Finding[]) => readonly (Style | null)[] | undefined;
}

export interface ScanResult {
  readonly findings: readonly Finding[];
  /** What the input was read as. */
  readonly format: Document['format'];
}

export interface RedactResult<T> extends ScanResult {
  readonly content: T;
}

export interface Engine {
  /** Finds identifiers in text (JSON or HL7 text is read as such) or in any JSON value. */
  scan(content: Json, context?: ScanContext): ScanResult;
  /** The same, and the content with every finding replaced; of the type that came in. */
  redact<T extends Json>(content: T, context?: ScanContext): RedactResult<T>;
}

/** One engine serves one thread: it reuses its memory from message to message. */
export function createEngine(options: EngineOptions = {}): Engine {
  return new SequencedEngine(options);
}

class SequencedEngine implements Engine {
  private readonly vocabulary: Vocabulary;
  private readonly dispatch: Dispatch;
  private readonly arena: Arena;
  private readonly spans = new Spans();
  private readonly tagger: Tagger;
  private readonly style: Style;
  private readonly key: Uint8Array | undefined;
  private readonly confidenceMin: number;
  private readonly now: () => Date;
  private readonly echoes: boolean;

  constructor(options: EngineOptions) {
    const wanted = new Set<Category>(options.categories ?? CATEGORIES);
    for (const category of wanted) known(CATEGORIES, category, 'categories');
    this.style = known(STYLES, options.style ?? 'label', 'style');
    const { profile = 'balanced' } = options;
    const point = typeof profile === 'string' ? OPERATING_POINTS[known(PROFILES, profile, 'profile')] : profile;
    this.confidenceMin = options.confidenceMin ?? point.confidenceMin;
    if (!(this.confidenceMin >= 0 && this.confidenceMin <= 1))
      throw new SluiceError('OPTION_INVALID', { subject: 'confidenceMin' });
    this.key = typeof options.key === 'string' ? new TextEncoder().encode(options.key) : options.key;
    this.now = options.now ?? (() => new Date());
    // Labels of unwanted categories still tell what a number is not; their detectors are not called.
    this.vocabulary = vocabularyOf(options.detectors ?? registered);
    this.dispatch = compileAnchors(this.vocabulary.detectors, this.vocabulary.labelOwner, wanted);
    this.tagger = new Tagger(this.vocabulary.lexicon.tagger, this.vocabulary.labels, point.decide);
    this.arena = new Arena(this.vocabulary.labels);
    this.echoes = wanted.has('name') && point.echo;
  }

  scan(content: Json, context: ScanContext = {}): ScanResult {
    return this.run(content, context, false);
  }

  redact<T extends Json>(content: T, context: ScanContext = {}): RedactResult<T> {
    return this.run(content, context, true) as RedactResult<T>;
  }

  private run(content: Json, context: ScanContext, redacting: boolean): ScanResult & { content: Json } {
    const raw = typeof content === 'string' ? content : read(content);
    try {
      const document = this.find(raw);
      const located = locate(this.arena, document.layout, this.spans, this.resolved);
      const text = redacting ? this.spliced(raw, located, context) : raw;
      const findings = typeof content === 'string' ? located.map(reported) : pointed(raw, document, located);
      return {
        findings,
        format: document.format,
        content: typeof content === 'string' || !redacting ? text : write(text),
      };
    } catch (error) {
      // A foreign error may quote the input; only our own pass.
      if (error instanceof SluiceError) throw error;
      throw new SluiceError('ENGINE_FAILED');
    } finally {
      this.arena.release();
      this.spans.clear();
    }
  }

  private resolved: readonly number[] = [];

  private find(raw: string): Document {
    if (raw.length > textUnitsMax) throw new SluiceError('INPUT_TOO_LARGE');
    const { arena, spans } = this;
    const { lexicon } = this.vocabulary;
    arena.year = this.now().getUTCFullYear();
    const document = readDocument(arena, lexicon, raw);
    tokenize(arena, lexicon);
    classify(arena, lexicon);
    findLabels(arena, this.vocabulary);
    this.tagger.tag(arena);
    findCues(arena);
    detect(arena, this.dispatch, spans);
    spans.sort();
    if (this.echoes) echo(arena, spans, this.confidenceMin);
    this.resolved = resolve(arena, lexicon, spans, this.confidenceMin);
    return document;
  }

  private spliced(raw: string, located: readonly Located[], context: ScanContext): string {
    const own = known(STYLES, context.style ?? this.style, 'style');
    const options = { style: own, key: this.key, tenant: context.tenant ?? '' };
    const { lexicon } = this.vocabulary;
    const styles = context.choose?.(located);
    if (styles === undefined)
      return located.length === 0 ? raw : splice(raw, located, replacer(options, this.arena, lexicon));
    const chosen = located.filter((_, i) => styles[i] !== null);
    return chosen.length === 0 ? raw : splice(raw, chosen, mixed(options, located, styles, this.arena, lexicon));
  }
}

function reported({ start, end, category, kind, rule, confidence }: Located): Finding {
  return { start, end, category, kind, rule, confidence };
}

function known<T extends string>(all: readonly T[], one: T, subject: string): T {
  if (!all.includes(one)) throw new SluiceError('OPTION_INVALID', { subject });
  return one;
}
