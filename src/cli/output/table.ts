import { byCodePoint, isScalar, cellText, type Printable } from './printable.ts';
import { Section, renderSections, type Style } from './table-sections.ts';

type Fields = { [key: string]: Printable };

/**
 * The AWS CLI's table output: a box a structure, nested ones indented below their own titles.
 *
 * @param title what was called, e.g. `DescribeInstances`
 * @param widthColumns a table wider than this stands its single rows upright
 */
export function formatTable(
  title: string,
  value: Printable,
  widthColumns: number,
  style: Style,
): string {
  const tables = new TableBuilder();
  tables.add(title, value, 0);
  return renderSections(tables.sections, widthColumns, style);
}

class TableBuilder {
  readonly sections: Section[] = [];

  add(title: string | undefined, value: Printable, indent: number): void {
    if (isEmpty(value)) return;
    if (title !== undefined) this.sections.push(new Section(title, indent));
    if (Array.isArray(value)) this.#addList(value, title ?? '', indent);
    else if (!isScalar(value)) this.#addFields(value, indent);
  }

  #addList(items: readonly Printable[], title: string, indent: number): void {
    if (isFields(items[0]!)) {
      this.#addRecords(items.filter(isFields), title, indent);
      return;
    }
    for (const item of items) {
      if (isScalar(item)) this.#current.addRow([cellText(item)]);
      else if (Array.isArray(item) && item.every(isScalar)) {
        this.#current.addRow(item.map(cellText));
      } else this.add(undefined, item, 0);
    }
  }

  /** A row an item; where items hold more than scalars, each has a box of its own. */
  #addRecords(items: readonly Fields[], title: string, indent: number): void {
    const columns = keysOf(items, isScalar);
    const nested = keysOf(items, (value) => !isScalar(value));
    this.#current.setHeaders(columns);
    for (const [i, item] of items.entries()) {
      if (i > 0 && nested.length > 0) {
        this.sections.push(new Section(title, indent));
        this.#current.setHeaders(columns);
      }
      this.#current.addRow(columns.map((key) => (key in item ? cellText(item[key]) : '')));
      for (const key of nested) if (key in item) this.add(key, item[key]!, indent + 1);
    }
  }

  #addFields(fields: Fields, indent: number): void {
    const columns = keysOf([fields], isScalar);
    const texts = columns.map((key) => cellText(fields[key]));
    if (columns.length === 1) this.#current.addRow([columns[0]!, texts[0]!]);
    else if (columns.length > 1) {
      this.#current.setHeaders(columns);
      this.#current.addRow(texts);
    }
    for (const key of keysOf([fields], (value) => !isScalar(value))) {
      this.add(key, fields[key]!, indent + 1);
    }
  }

  get #current(): Section {
    return this.sections.at(-1)!;
  }
}

function keysOf(items: readonly Fields[], wanted: (value: Printable) => boolean): string[] {
  const keys = new Set<string>();
  for (const item of items) {
    for (const [key, value] of Object.entries(item)) if (wanted(value)) keys.add(key);
  }
  return [...keys].toSorted(byCodePoint);
}

function isEmpty(value: Printable): boolean {
  return isScalar(value) ? !value : Object.keys(value).length === 0;
}

function isFields(value: Printable): value is Fields {
  return !isScalar(value) && !Array.isArray(value);
}
