/** The accuracy report as one page without scripts: tables, the reliability curve, misses and false alarms in their context. */
import type { Bin, Example, Report, Row } from './measure.js';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2530; --quiet: #5b6875; --line: #d6dde4; --paper: #fff; --accent: #0b6e6e; --miss: #a3312a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --quiet: #9aa7b4; --line: #33404c; --paper: #12181e; --accent: #4fb8b4; --miss: #ef8d84; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
p { color: var(--quiet); max-width: 46rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; } th:first-child, td:first-child { text-align: left; }
.examples td { text-align: left; font-family: ui-monospace, monospace; font-size: .85rem; }
mark { background: none; color: var(--miss); font-weight: 700; }
svg { width: 100%; max-width: 30rem; } svg text { fill: var(--quiet); font-size: 11px; }
`;

export function pageOf(report: Report, made: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sluice: accuracy</title><style>${STYLE}</style></head>
<body>
<h1>How accurate Sluice is</h1>
<p>Measured on the held-out half of our own corpus: other wordings, formats, layouts and names than the detectors and the
trained model were made with. All text is invented. ${made}. <code>npm run accuracy -- --report</code> makes this page anew.</p>
<h2>Operating points</h2>
<p>Documents of all styles. Characters count; "nothing leaks" is the share of documents in which no identifier is missed, not even in part.</p>
${rows(report.points)}
<h2>What each part is worth</h2>
${rows(report.ablations)}
<h2>By style, balanced</h2>
${rows(report.styles)}
<h2>By category, balanced</h2>
<p>Cases of one identifier each. Of the identifier characters found, ${share(report.categoryRight)} carry the right category.</p>
${categories(report)}
<h2>Whether confidence means what it says</h2>
<p>Of the findings of a confidence, how many are identifiers; on the line, confidence is probability. The size of a point tells the number of findings.</p>
${curve(report.reliability)}
<h2>Misses and false alarms</h2>
<p>From the open half, since nobody looks at the other.</p>
${examples(report.examples)}
</body>
</html>
`;
}

function rows(list: readonly Row[]): string {
  const head = ['', 'documents', 'recall', 'precision', 'whole', 'nothing leaks', 'false per 1,000', 'ns a byte'];
  return table(
    head,
    list.map((row) => [
      escaped(row.name),
      String(row.documents),
      share(row.charRecall),
      share(row.charPrecision),
      share(row.spanRecall),
      share(row.nothingLeaks),
      row.falseTokensPerThousand.toFixed(2),
      row.nsPerByte.toFixed(0),
    ]),
  );
}

function categories({ categories: all }: Report): string {
  return table(
    ['category', 'cases', 'recall', 'whole', 'precision'],
    Object.entries(all).map(([name, row]) => [
      name,
      String(row.spans),
      share(row.charRecall),
      share(row.spanRecall),
      share(row.charPrecision),
    ]),
  );
}

function table(head: readonly string[], body: readonly (readonly string[])[], kind = ''): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table class="${kind}">${line(head, 'th')}\n${body.map((cells) => line(cells, 'td')).join('\n')}</table>`;
}

const SIZE = 300;
const MARGIN = 30;

function curve(bins: readonly Bin[]): string {
  const x = (value: number): string => (MARGIN + value * SIZE).toFixed(1);
  const y = (value: number): string => (MARGIN / 2 + (1 - value) * SIZE).toFixed(1);
  const seen = bins.filter(({ findings }) => findings > 0);
  const points = seen.map(({ from, to, right, findings }) => {
    const title = `${findings} findings of confidence ${from.toFixed(1)} to ${to.toFixed(1)}: ${share(right)} right`;
    const radius = (2 + Math.log10(findings)).toFixed(1);
    return `<circle cx="${x((from + to) / 2)}" cy="${y(right)}" r="${radius}" fill="var(--accent)"><title>${title}</title></circle>`;
  });
  const path = seen
    .map(({ from, to, right }, i) => `${i === 0 ? 'M' : 'L'}${x((from + to) / 2)} ${y(right)}`)
    .join(' ');
  const ticks = [0, 0.5, 1].map(
    (value) =>
      `<text x="${x(value)}" y="${SIZE + MARGIN}" text-anchor="middle">${value}</text><text x="4" y="${y(value)}">${value}</text>`,
  );
  return `<svg viewBox="0 0 ${SIZE + 2 * MARGIN} ${SIZE + 2 * MARGIN}" role="img" aria-label="reliability of confidence">
<path d="M${x(0)} ${y(0)} L${x(1)} ${y(1)}" stroke="var(--line)"/>
<path d="${path}" fill="none" stroke="var(--accent)"/>
${[...points, ...ticks].join('\n')}
<text x="${x(0.5)}" y="${SIZE + 1.7 * MARGIN}" text-anchor="middle">confidence</text></svg>`;
}

function examples(list: readonly Example[]): string {
  return table(
    ['', 'category', 'rule', 'in context'],
    list.map(({ what, category, rule, before, text, after }) => [
      what,
      category,
      rule,
      `…${escaped(before)}<mark>${escaped(text)}</mark>${escaped(after)}…`,
    ]),
    'examples',
  );
}

function share(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
}
