/** Text in lines of at most `width` columns, each behind the indent. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line += line === '' ? word : ` ${word}`;
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
