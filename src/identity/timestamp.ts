let latest: { text: string; ms: number } | undefined;

/** `YYYYMMDDTHHMMSSZ` as milliseconds since the epoch; undefined for anything else. */
export function parseTimestamp(text: string): number | undefined {
  // Requests come in crowds, and all of one second say the same.
  if (latest?.text === text) return latest.ms;
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(ms) || formatTimestamp(ms) !== text) return undefined; // 30 February is no day
  latest = { text, ms };
  return ms;
}

/** Milliseconds since the epoch as `YYYYMMDDTHHMMSSZ`. */
export function formatTimestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
