/**
 * Text in lines of at most `width` columns, each behind the indent. A word that is longer than a
 * line is broken behind its commas.
 */
export function wrap(text: string, width: number, indent = ''): string {
  const room = width - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const pieces = word.length > room ? word.split(/(?<=,)/) : [word];
    for (const [i, piece] of pieces.entries()) {
      const space = line === '' || i > 0 ? '' : ' ';
      if (line !== '' && line.length + space.length + piece.length > room) {
        lines.push(line);
        line = piece;
      } else line += space + piece;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => `${indent}${each}\n`).join('');
}

/** Two columns, the first as wide as its longest name (up to 32), the second wrapped. */
export function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const nameWidth = Math.min(32, Math.max(0, ...rows.map(([name]) => name.length))) + 4;
  const indent = ' '.repeat(nameWidth);
  return rows
    .map(([name, text]) => {
      const wrapped = wrap(text, width, indent);
      const fits = name.length + 4 <= nameWidth;
      if (wrapped === '' || !fits) return `  ${name}\n${wrapped}`;
      return `  ${name}`.padEnd(nameWidth) + wrapped.slice(nameWidth);
    })
    .join('');
}
