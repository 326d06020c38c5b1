import { stripVTControlCharacters, styleText } from 'node:util';
import type { Bodies, Entry, Missed } from '../gateway/activity/entry.ts';

export interface Look {
  readonly colour: boolean;
  /** Where a line is cut. */
  readonly widthColumns: number;
}

/** One call as a line of `alacarte watch`: when, what, who, how long, how it went. */
export function activityLine(entry: (Entry & Bodies) | Missed, look: Look): string {
  if ('missed' in entry) return `… ${entry.missed} more, too many to show`;
  const { time, service = '?', operation = '?', error, calledVia, input, output } = entry;
  const what = `${calledVia ? '  ↳ ' : ''}${service} ${operation}`;
  const took = `${entry.durationMs.toFixed(1)} ms`.padStart(10);
  const remark = error ? `${error.code}: ${error.message}` : mark(entry);
  const rest = printable(`${took}  ${what.padEnd(30)} ${who(entry).padEnd(6)} ${remark}`).trimEnd();
  const before = `${time.slice(11, 23)} `;
  const outcome = String(entry.status);
  const body = [
    ...(input === undefined ? [] : [`    > ${JSON.stringify(input)}`]),
    ...(output === undefined ? [] : [`    < ${JSON.stringify(output)}`]),
  ];
  const color = error ? 'red' : 'green';
  const shown = look.colour ? styleText(color, outcome, { validateStream: false }) : outcome;
  const room = look.widthColumns - before.length - outcome.length;
  return [`${before}${shown}${cut(rest, room)}`, ...body.map(printable)].join('\n');
}

/** What is less than real says so. */
function mark({ realization = 'real' }: Entry): string {
  return realization === 'real' ? '' : realization;
}

/** The last words of the principal's ARN, e.g. `root` or `assumed-role/cook/session`. */
function who({ principal, accessKeyId }: Entry): string {
  return principal?.split(':').at(-1) ?? accessKeyId ?? '-';
}

/** What clients sent must not move the cursor, nor begin a line of its own. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is meant
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`.slice(0, width);
}
