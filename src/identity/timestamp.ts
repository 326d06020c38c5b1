/** `YYYYMMDDTHHMMSSZ` as milliseconds since the epoch; undefined for anything else. */
export function parseTimestamp(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return timestamp(ms) === text ? ms : undefined; // 30 February is no day
}

/** Milliseconds since the epoch as `YYYYMMDDTHHMMSSZ`. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
