import type { InstanceEventWindowTimeRangeRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { oneOf } from '../launch/settings.ts';
import type { When } from './event-window.ts';

const DAYS = [
  ...(['sunday', 'monday', 'tuesday', 'wednesday'] as const),
  ...(['thursday', 'friday', 'saturday'] as const),
];
const HOURS_A_WEEK = 7 * 24;
const LEAST_HOURS = 2;
const LEAST_HOURS_IN_ALL = 4;

interface Asked {
  readonly TimeRanges?: readonly InstanceEventWindowTimeRangeRequest[] | undefined;
  readonly CronExpression?: string | undefined;
}

/**
 * The hours that a request asks for; undefined where it says nothing of them.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html
 *
 * @throws InvalidParameterValue, InvalidParameterCombination, MissingParameter
 */
export function whenAsked({ TimeRanges = [], CronExpression: cron }: Asked): When | undefined {
  if (TimeRanges.length > 0 && cron) {
    throw errors.combination('You may specify TimeRanges or CronExpression, but not both.');
  }
  if (cron) {
    checkTotal(hoursOfCron(cron));
    return { cron };
  }
  if (TimeRanges.length === 0) return undefined;
  const ranges = TimeRanges.map((each, at) => {
    const name = `TimeRange.${at + 1}`;
    const { StartWeekDay, StartHour, EndWeekDay, EndHour } = each;
    if (!StartWeekDay || !EndWeekDay || StartHour === undefined || EndHour === undefined) {
      throw errors.missingParameter(name);
    }
    const start = DAYS.indexOf(oneOf(DAYS, StartWeekDay, name)) * 24 + hour(StartHour, name);
    const end = DAYS.indexOf(oneOf(DAYS, EndWeekDay, name)) * 24 + hour(EndHour, name);
    // A range may go on over the end of the week.
    const hours = (end - start + HOURS_A_WEEK) % HOURS_A_WEEK;
    checkRange(hours, name);
    return { hours, range: { StartWeekDay, StartHour, EndWeekDay, EndHour } };
  });
  checkTotal(ranges.reduce((sum, { hours }) => sum + hours, 0));
  return { ranges: ranges.map(({ range }) => range) };
}

/** `* 0-4,20-23 * * 1,5`: ranges of hours on some days of the week. */
function hoursOfCron(cron: string): number {
  const [minute, hours = '', day, month, weekDays = '', ...more] = cron.trim().split(/\s+/);
  if (minute !== '*' || day !== '*' || month !== '*' || more.length > 0) throw malformed(cron);
  const perDay = hours.split(',').map((range) => {
    const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(range) ?? [];
    if (from === undefined || to === undefined) throw malformed(cron);
    const length = hour(Number(to), 'CronExpression') - hour(Number(from), 'CronExpression');
    checkRange(length, 'CronExpression');
    return length;
  });
  return perDay.reduce((sum, each) => sum + each, 0) * daysOfCron(weekDays, cron);
}

function daysOfCron(text: string, cron: string): number {
  if (text === '*') return 7;
  const days = text.split(',').map((each) => {
    const named = DAYS.findIndex((day) => day.slice(0, 3).toUpperCase() === each.toUpperCase());
    if (named >= 0) return named;
    if (!/^[0-6]$/.test(each)) throw malformed(cron);
    return Number(each);
  });
  return new Set(days).size;
}

const malformed = (cron: string) =>
  errors.invalidValue(cron, 'CronExpression', 'Only hours and days of the week can be given.');

function hour(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 23) {
    throw errors.invalidValue(value, name, 'Hours are 0 to 23.');
  }
  return value;
}

function checkRange(hours: number, name: string): void {
  if (hours < LEAST_HOURS) {
    throw errors.invalidParameter(`${name}: each range must be at least ${LEAST_HOURS} hours.`);
  }
}

function checkTotal(hours: number): void {
  if (hours < LEAST_HOURS_IN_ALL) {
    throw errors.invalidParameter(
      `An event window must be at least ${LEAST_HOURS_IN_ALL} hours a week in all.`,
    );
  }
}
