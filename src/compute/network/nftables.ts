/** What nftables reads, put together line by line. */

/** A table in place of the one of this name. */
export function table(name: string, lines: readonly string[]): string {
  // Made first, as what is not there cannot be replaced; all of it takes effect at once.
  const replaced = [`table inet ${name}`, `delete table inet ${name}`];
  return [...replaced, `table inet ${name} {`, ...lines, '}', ''].join('\n');
}

export function base(name: string, hook: string, rules: readonly string[]): string[] {
  return chain(name, [`type ${hook};`, ...rules]);
}

export function chain(name: string, rules: readonly string[]): string[] {
  return [` chain ${name} {`, ...rules.map((rule) => `  ${rule}`), ' }'];
}

export function set(name: string, type: string, elements: readonly string[]): string[] {
  const filled = elements.length > 0 ? ` elements = { ${elements.join(', ')} };` : '';
  return [` set ${name} { type ${type};${filled} }`];
}

/** nftables has no empty map. */
export function map(statement: string, elements: readonly string[]): string[] {
  return elements.length > 0 ? [`${statement} { ${elements.join(', ')} }`] : [];
}

export function quote(name: string): string {
  return `"${name}"`;
}
