import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import * as errors from '../errors.ts';
import type { ParameterRecord } from './parameter-record.ts';

/**
 * What filters compare, by key.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html
 */
const compared: Readonly<Record<string, (record: ParameterRecord) => readonly string[]>> = {
  Name: ({ name }) => [name],
  Path: ({ name }) => [name],
  Type: ({ latest }) => [latest.type],
  KeyId: ({ latest }) => (latest.keyId === undefined ? [] : [latest.keyId]),
  Tier: ({ latest }) => [latest.tier],
  DataType: ({ latest }) => [latest.dataType],
  Label: ({ labels }) => Object.keys(labels),
};

const options: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  Equals: (value, wanted) => value === wanted,
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
  OneLevel: (value, wanted) => isBelow(value, wanted, false),
  Recursive: (value, wanted) => isBelow(value, wanted, true),
};

/** Whether a name is directly below a path, or with `recursive` anywhere below it. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const below = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(below) && (recursive || !name.slice(below.length).includes('/'));
}

/**
 * Whether a parameter passes all filters.
 *
 * @param keys the keys that the operation takes, `tag` for those that begin with `tag:`
 * @throws InvalidFilterKey, InvalidFilterOption
 */
export function passes(
  filters: readonly ParameterStringFilter[] = [],
  keys: readonly string[],
): (record: ParameterRecord) => boolean {
  const tests = filters.map((filter) => testOf(filter, keys));
  return (record) => tests.every((test) => test(record));
}

function testOf({ Key = '', Option, Values }: ParameterStringFilter, keys: readonly string[]) {
  const tag = Key.startsWith('tag:') ? Key.slice('tag:'.length) : undefined;
  if (!keys.includes(tag === undefined ? Key : 'tag')) throw errors.invalidFilterKey(Key, keys);
  const option = Option ?? (Key === 'Path' ? 'OneLevel' : 'Equals');
  const compare = options[option];
  const isPathOption = option === 'OneLevel' || option === 'Recursive';
  if (!compare || isPathOption !== (Key === 'Path')) throw errors.invalidFilterOption(option);
  return (record: ParameterRecord): boolean => {
    const found =
      tag === undefined
        ? compared[Key]!(record)
        : [record.tags[tag]].filter((value) => value !== undefined);
    // a tag's key alone asks whether there is such a tag
    if (!Values?.length) return found.length > 0;
    return found.some((value) => Values.some((wanted) => compare(value, wanted)));
  };
}
