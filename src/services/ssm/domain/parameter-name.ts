import { arnOf } from '../../../kernel/arn.ts';
import type { Caller } from '../../../kernel/caller.ts';
import * as errors from '../errors.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const MAX_LEVELS = 15;
/** Of the whole ARN, which is what AWS limits. */
const MAX_NAME_LENGTH = 1011;

/** What a request names: a parameter, and behind a colon one of its versions or labels. */
export interface ParameterReference {
  readonly name: string;
  /** `:3`, `:label` or nothing */
  readonly selector: string;
}

/** Reads a name or an ARN; an ARN does not tell `a` from `/a`, so it is read as `/a`. */
export function parseReference(given: string): ParameterReference {
  const text = given.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter/, '');
  const at = text.indexOf(':');
  return at < 0
    ? { name: text, selector: '' }
    : { name: text.slice(0, at), selector: text.slice(at) };
}

export function parameterArn(owner: Pick<Caller, 'account' | 'region'>, name: string): string {
  return arnOf(owner, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

/** Refuses what cannot be the name of a new parameter. */
export function checkNewName(owner: Pick<Caller, 'account' | 'region'>, name: string): void {
  const isPath = name.slice(1).includes('/');
  if (/^\/aws(\/|$)/i.test(name) && isPath) throw errors.reservedName(name);
  if (/^\/?(aws|ssm)/i.test(name)) throw errors.reservedPrefix(isPath);
  if (!/^[a-zA-Z0-9_./-]+$/.test(name) || /\/(\/|$)/.test(name)) throw errors.malformedName();
  if (name.includes('/') && !name.startsWith('/')) throw errors.unqualifiedName();
  if (parameterArn(owner, name).length > MAX_NAME_LENGTH) throw errors.nameTooLong(MAX_NAME_LENGTH);
  if (name.split('/').length - 1 > MAX_LEVELS) throw errors.tooManyLevels(MAX_LEVELS);
}
