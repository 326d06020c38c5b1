import { invalidParameters, serialization, validation } from '../errors.ts';
import type { AttributeType, AttributeValue, Item } from './attribute-value.ts';
import { normalizeNumber, numberSize } from './number.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const MAX_ITEM_BYTES = 400 * 1024;
const MAX_NAME_BYTES = 65_535;
/** Levels below an attribute that lists and maps may make; AWS counts the value inside as well. */
const MAX_DEPTH = 31;
/** What a list or map costs beside its contents, and each of its elements again one. */
const COLLECTION_BYTES = 3;

type Sent = Record<string, unknown>;

/**
 * Checks an item as sent, brings it to normal form in place and adds up its size, in one pass:
 * numbers in plain digits, one type a value, nothing unknown left.
 *
 * @returns the size in bytes by AWS's arithmetic
 */
export function admitItem(sent: unknown): { readonly item: Item; readonly size: number } {
  const size = admitMembers(sent, 0);
  return { item: sent as Item, size };
}

/** The size of an item that has been admitted. */
export function sizeOfItem(item: Item): number {
  return admitMembers(item, 0);
}

/** The same for a single value, such as one of ExpressionAttributeValues. */
export function admitValue(sent: unknown): AttributeValue {
  sizeOfValue(sent, 0);
  return sent as AttributeValue;
}

/** Refuses an item that is too large to be stored. */
export function checkItemSize(size: number): void {
  if (size > MAX_ITEM_BYTES) throw validation('Item size has exceeded the maximum allowed size');
}

function admitMembers(sent: unknown, depth: number): number {
  if (typeof sent !== 'object' || sent === null) throw serialization('Unexpected field type');
  if (Array.isArray(sent)) {
    throw serialization(
      'Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>',
    );
  }
  let size = 0;
  for (const name in sent) {
    const nameBytes = Buffer.byteLength(name);
    const problem = nameProblem(nameBytes);
    if (problem) throw validation(problem);
    size += nameBytes + sizeOfValue((sent as Sent)[name], depth);
  }
  return size;
}

/** What AWS says to an attribute's name of that length, if it is not allowed. */
export function nameProblem(bytes: number): string | undefined {
  if (bytes === 0) return 'Empty attribute name';
  if (bytes <= MAX_NAME_BYTES) return undefined;
  return `Attribute name is too large, must be less than ${MAX_NAME_BYTES + 1} bytes`;
}

function sizeOfValue(sent: unknown, depth: number): number {
  if (typeof sent !== 'object' || sent === null) {
    throw serialization('Unexpected value type in payload');
  }
  if (Array.isArray(sent)) {
    throw serialization(
      'Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue',
    );
  }
  const value = sent as Sent;
  const type = onlyType(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(text(value[type]));
    case 'N':
      value[type] = normalNumber(value[type]);
      return numberSize(value[type] as string);
    case 'B':
      return binarySize(value[type]);
    case 'BOOL':
      boolean(value[type]);
      return 1;
    case 'NULL':
      if (!boolean(value[type])) {
        throw invalidParameters('Null attribute value types must have the value of true');
      }
      return 1;
    case 'SS':
    case 'NS':
    case 'BS':
      return sizeOfSet(type, list(value[type]));
    case 'L':
      return sizeOfList(list(value[type]), depth + 1);
    case 'M':
      return sizeOfMap(value[type], depth + 1);
  }
}

/** Members that are null or that AWS does not know count as absent, and are removed. */
function onlyType(value: Sent): AttributeType {
  let found: AttributeType | undefined;
  for (const type in value) {
    if (value[type] === null || !isType(type)) delete value[type];
    else if (found === undefined) found = type;
    else {
      throw validation(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
  }
  if (found !== undefined) return found;
  throw validation(
    'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
  );
}

function isType(name: string): name is AttributeType {
  switch (name) {
    case 'S':
    case 'N':
    case 'B':
    case 'BOOL':
    case 'NULL':
    case 'SS':
    case 'NS':
    case 'BS':
    case 'L':
    case 'M':
      return true;
    default:
      return false;
  }
}

function sizeOfList(values: readonly unknown[], depth: number): number {
  checkDepth(depth);
  let size = COLLECTION_BYTES + values.length;
  for (const value of values) size += sizeOfValue(value, depth);
  return size;
}

function sizeOfMap(sent: unknown, depth: number): number {
  checkDepth(depth);
  const size = admitMembers(sent, depth);
  return size + COLLECTION_BYTES + Object.keys(sent as Sent).length;
}

function checkDepth(depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw validation(
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}

function sizeOfSet(type: 'SS' | 'NS' | 'BS', members: unknown[]): number {
  if (members.length === 0) throw invalidParameters(EMPTY_SET[type]);
  let size = 0;
  for (const [at, member] of members.entries()) {
    if (type === 'SS') size += Buffer.byteLength(text(member));
    else if (type === 'BS') size += binarySize(member);
    else {
      const normal = normalNumber(member);
      members[at] = normal;
      size += numberSize(normal);
    }
  }
  if (new Set(members).size === members.length) return size;
  const shown = `[${members.join(', ')}]`;
  if (type === 'NS') throw validation('Input collection contains duplicates');
  // AWS's own wording: the space is missing for binaries
  throw invalidParameters(
    type === 'SS'
      ? `Input collection ${shown} contains duplicates.`
      : `Input collection ${shown}of type BS contains duplicates.`,
  );
}

const EMPTY_SET = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
};

function normalNumber(sent: unknown): string {
  const number = normalizeNumber(text(sent));
  if ('problem' in number) throw validation(number.problem);
  return number.normal;
}

function binarySize(sent: unknown): number {
  if (typeof sent === 'boolean' || typeof sent === 'number') {
    throw serialization('only base-64-encoded strings are convertible to bytes');
  }
  const base64 = text(sent, 'java.nio.ByteBuffer');
  if (base64.length % 4 !== 0) {
    throw serialization(
      `Base64 encoded length is expected a multiple of 4 bytes but found: ${base64.length}`,
    );
  }
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) {
    throw serialization('Invalid last non-pad Base64 character dectected');
  }
  return bytes.length;
}

function text(sent: unknown, javaType = 'java.lang.String'): string {
  if (typeof sent === 'string') return sent;
  throw mistyped(sent, 'String', javaType);
}

function boolean(sent: unknown): boolean {
  if (typeof sent === 'boolean') return sent;
  if (typeof sent === 'string') throw serialization('Unexpected token received from parser');
  throw mistyped(sent, 'Boolean', 'java.lang.Boolean');
}

function list(sent: unknown): unknown[] {
  if (Array.isArray(sent)) return sent as unknown[];
  throw serialization(
    typeof sent === 'object'
      ? 'Start of structure or map found where not expected'
      : 'Unexpected field type',
  );
}

/** JSON of one kind where AWS's parser wanted another. */
export function mistyped(sent: unknown, wanted: string, javaType: string): Error {
  switch (typeof sent) {
    case 'boolean':
      return serialization(
        `${sent ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to ${wanted}`,
      );
    case 'number':
      return serialization(
        `${Number.isInteger(sent) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'} cannot be converted to ${wanted}`,
      );
    case 'string':
      return serialization(`STRING_VALUE cannot be converted to ${wanted}`);
    default:
      return serialization(
        Array.isArray(sent)
          ? `Unrecognized collection type class ${javaType}`
          : 'Start of structure or map found where not expected',
      );
  }
}
