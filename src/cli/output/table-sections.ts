/** How the parts of a table are painted; each gives the text back as wide as it was. */
export interface Style {
  cell(text: string): string;
  indentation(text: string): string;
}

export const plain: Style = { cell: (text) => text, indentation: (text) => text };

/** The AWS CLI's colours. */
export const coloured: Style = {
  cell: (text) => `\u001b[1m\u001b[34m${text}\u001b[0m`,
  indentation: (text) => `\u001b[2m\u001b[33m${text}\u001b[0m`,
};

const cellPadding = 4;

/** One box of a table: a title, perhaps headers, and rows. */
export class Section {
  readonly title: string;
  readonly indent: number;
  headers: readonly string[] = [];
  readonly rows: (readonly string[])[] = [];
  #contentWidths: number[] = [];

  constructor(title: string, indent: number) {
    this.title = title;
    this.indent = indent;
  }

  setHeaders(headers: readonly string[]): void {
    this.headers = headers;
    this.#widen(headers);
  }

  addRow(row: readonly string[]): void {
    this.rows.push(row);
    this.#widen(row);
  }

  /** With borders and indentation on both sides. */
  get width(): number {
    const outside = 2 + 2 * this.indent;
    const content = sum(this.#contentWidths) + cellPadding * this.#contentWidths.length;
    return Math.max(displayWidth(this.title), content) + outside;
  }

  /** The columns' widths, stretched so that together they are `total` wide. */
  columnWidths(total: number): number[] {
    const padded = this.#contentWidths.map((width) => width + cellPadding);
    const widths = padded.map((width) => roundHalfEven((total / sum(padded)) * width));
    let excess = sum(widths) - total;
    for (let i = 0; excess > 0 && widths.length > 0; i = (i + 1) % widths.length, excess--) {
      widths[i]!--;
    }
    for (let i = widths.length - 1; excess < 0 && i >= 0; excess++) {
      widths[i]!++;
      i = i === 0 ? widths.length - 1 : i - 1;
    }
    return widths;
  }

  /** A section of a single row with its headers beside the values instead of above them. */
  upright(): Section {
    const [row, second] = this.rows;
    if (!row || second || this.headers.length === 0) return this;
    const section = new Section(this.title, this.indent);
    for (const [i, header] of this.headers.entries()) section.addRow([header, row[i] ?? '']);
    return section;
  }

  #widen(row: readonly string[]): void {
    for (const [i, text] of row.entries()) {
      this.#contentWidths[i] = Math.max(this.#contentWidths[i] ?? 0, displayWidth(text));
    }
  }
}

/** All sections below one another, as wide as the widest. */
export function renderSections(
  sections: readonly Section[],
  widthColumns: number,
  style: Style,
): string {
  if (sections.length === 0) return '';
  let shown = sections;
  if (widest(shown) > widthColumns) shown = shown.map((section) => section.upright());
  const width = widest(shown);
  const lines = shown.flatMap((section) => {
    const bars = style.indentation('|').repeat(section.indent);
    return linesOf(section, width - 2 * section.indent, style).map((line) => bars + line + bars);
  });
  return ['-'.repeat(width), ...lines, ''].join('\n');
}

function widest(sections: readonly Section[]): number {
  return Math.max(...sections.map(({ width }) => width));
}

function linesOf(section: Section, width: number, style: Style): string[] {
  const { title, headers, rows } = section;
  const lines: string[] = [];
  if (title !== '') {
    lines.push(`|${centred(title, width, 1)}|`);
    if (headers.length === 0 && rows.length === 0) lines.push(`+${'-'.repeat(width - 2)}+`);
  }
  const widths = section.columnWidths(width);
  const rule = `+${widths.map((each, i) => '-'.repeat(each - (i === 0 ? 2 : 1))).join('+')}+`;
  if (headers.length > 0) {
    const cells = headers.map((text, i) => centred(text, widths[i]!, i === 0 ? 1 : 0));
    lines.push(rule, `|${cells.join('|')}|`);
  }
  if (rows.length === 0 || widths.length === 0) return lines;
  const body = rows.map((row) => {
    const cells = row.map((text, i) => leftAligned(text, widths[i]!, i === 0 ? 1 : 0, style));
    return `|${cells.join('|')}|`;
  });
  return [...lines, rule, ...body, rule];
}

/** `width` counts the edges: always the right one, and the left one of the first column. */
function centred(text: string, width: number, leftEdge: number): string {
  const before = Math.max(0, Math.floor(width / 2) - Math.floor(displayWidth(text) / 2) - 1);
  const after = width - 1 - leftEdge - before - displayWidth(text);
  return ' '.repeat(before) + text + ' '.repeat(Math.max(0, after));
}

function leftAligned(text: string, width: number, leftEdge: number, style: Style): string {
  const inner = width - 1 - leftEdge;
  const padding = inner - displayWidth(text) >= 2 ? 2 : 0;
  const after = Math.max(0, inner - padding - displayWidth(text));
  return ' '.repeat(padding) + style.cell(text) + ' '.repeat(after);
}

/** Columns on a terminal: East Asian wide characters take two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** As Python rounds, which the AWS CLI's widths come of. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
