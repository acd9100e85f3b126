/** Breaks lines to the width of a terminal, at blanks where there are any; continued lines keep their indentation. */
const WIDTH_MIN = 20;

export function wrap(text: string, width: number, indent = ''): string[] {
  const room = Math.max(WIDTH_MIN, width) - indent.length;
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), room).map((part) => (indent + part).trimEnd()));
}

function wrapLine(line: string, room: number): string[] {
  const margin = (/^ */.exec(line)?.[0] ?? '').slice(0, room >> 1);
  const parts: string[] = [];
  let rest = line;
  while (rest.length > room) {
    const blank = rest.lastIndexOf(' ', room);
    const cut = blank > margin.length ? blank : room;
    parts.push(rest.slice(0, cut));
    rest = margin + rest.slice(cut).trimStart();
  }
  parts.push(rest);
  return parts;
}
