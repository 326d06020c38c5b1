/** The names nearest to what was typed, best first; none where nothing is near. */
export function nearMisses(typed: string, names: Iterable<string>, limit = 3): string[] {
  const tolerance = Math.max(2, Math.floor(typed.length / 4));
  return [...names]
    .map((name) => ({ name, distance: name.startsWith(typed) ? 0 : editDistance(typed, name) }))
    .filter(({ distance }) => distance <= tolerance)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** ` Did you mean a or b?`, or nothing. */
export function didYouMean(typed: string, names: Iterable<string>): string {
  const near = nearMisses(typed, names);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
