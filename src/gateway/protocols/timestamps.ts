import type { TimestampFormat } from '../../models/model.ts';

const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/i;
const dateOnly = /^\d{4}-\d\d-\d\d$/;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?:\.\d{1,3})? GMT$/;
const seconds = /^-?\d{1,15}(?:\.\d{1,9})?(?:E[+-]?\d{1,2})?$/i;

/**
 * Reads a timestamp from text in whichever of the three formats it is written, as AWS does.
 * A date-time without an offset is UTC.
 *
 * @returns undefined for text that is none of them, or no real time
 */
export function parseTimestamp(text: string): Date | undefined {
  if (seconds.test(text)) return fromEpochSeconds(Number(text));
  const match = dateTime.exec(text);
  if (match) return real(new Date(match[8] === undefined ? `${text}Z` : text));
  if (dateOnly.test(text) || httpDate.test(text)) return real(new Date(text));
  return undefined;
}

/** @returns undefined for what no `Date` can hold */
export function fromEpochSeconds(value: number): Date | undefined {
  return real(new Date(Math.round(value * 1000)));
}

export function toEpochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

/** The text of a timestamp; a date-time has milliseconds always or only where there are some. */
export function formatTimestamp(
  date: Date,
  format: TimestampFormat,
  milliseconds: 'always' | 'if-any' = 'always',
): string {
  if (format === 'epoch-seconds') return String(toEpochSeconds(date));
  if (format === 'http-date') return date.toUTCString();
  const text = date.toISOString();
  return milliseconds === 'if-any' ? text.replace('.000Z', 'Z') : text;
}

function real(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}
