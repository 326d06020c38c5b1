import { isDeepStrictEqual } from 'node:util';

type Json = unknown;
type Container = Record<string, Json> | Json[];

/** Why a patch document is not one, or does not fit what it is applied to. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

/**
 * Applies a JSON patch (RFC 6902), all of it or nothing.
 *
 * @param patch the parsed document
 * @returns the patched copy
 * @throws PatchError
 */
export function applyPatch(document: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw new PatchError('A patch document is an array of operations.');
  // the root is a member as well, so that "" is a path like others
  const holder = { root: structuredClone(document) };
  for (const operation of patch as readonly Json[]) apply(holder, operation);
  return holder.root;
}

function apply(holder: Record<string, Json>, operation: Json): void {
  const { op, path, from, value } = (operation ?? {}) as Record<string, unknown>;
  const target = pointer(path, 'path');
  switch (op) {
    case 'add':
      return add(holder, target, given(operation, value));
    case 'remove':
      return void take(holder, target);
    case 'replace':
      take(holder, target);
      return add(holder, target, given(operation, value));
    case 'move': {
      const source = pointer(from, 'from');
      if (source.length < target.length && source.every((key, at) => key === target[at])) {
        throw new PatchError(`${String(from)} cannot be moved into itself.`);
      }
      return add(holder, target, take(holder, source));
    }
    case 'copy':
      return add(holder, target, structuredClone(find(holder, pointer(from, 'from'))));
    case 'test':
      if (isDeepStrictEqual(find(holder, target), given(operation, value))) return;
      throw new PatchError(`The test of ${String(path)} failed.`);
    default:
      throw new PatchError(`${JSON.stringify(op)} is no operation of a JSON patch.`);
  }
}

function given(operation: Json, value: Json): Json {
  if (!Object.hasOwn(operation as object, 'value')) {
    throw new PatchError(`The operation ${JSON.stringify(operation)} lacks a value.`);
  }
  return structuredClone(value);
}

/** RFC 6901; what it points to is found below the holder's `root`. */
function pointer(text: unknown, name: string): readonly string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/'))) {
    throw new PatchError(`${name} is a JSON pointer, such as "/Description".`);
  }
  return ['root', ...text.split('/').slice(1).map(unescaped)];
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function find(holder: Container, path: readonly string[]): Json {
  let value: Json = holder;
  for (const key of path) value = container(value, path)[existing(value, key, path)];
  return value;
}

function add(holder: Container, path: readonly string[], value: Json): void {
  const parent = find(holder, path.slice(0, -1)) as Container;
  const key = path.at(-1)!;
  if (!Array.isArray(parent)) return define(container(parent, path), key, value);
  const at = key === '-' ? parent.length : indexOf(key);
  if (at === undefined || at > parent.length) throw missing(path);
  parent.splice(at, 0, value);
}

function take(holder: Container, path: readonly string[]): Json {
  const parent = find(holder, path.slice(0, -1)) as Container;
  const key = existing(parent, path.at(-1)!, path);
  const value = container(parent, path)[key];
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return value;
}

/** A member of its own even where it is called `__proto__`. */
function define(parent: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(parent, key, {
    ...{ value, configurable: true, enumerable: true, writable: true },
  });
}

function existing(value: Json, key: string, path: readonly string[]): string {
  const known = Array.isArray(value)
    ? (indexOf(key) ?? Infinity) < value.length
    : Object.hasOwn(container(value, path), key);
  if (!known) throw missing(path);
  return key;
}

function indexOf(key: string): number | undefined {
  return /^(0|[1-9]\d*)$/.test(key) ? Number(key) : undefined;
}

function container(value: Json, path: readonly string[]): Record<string, Json> {
  if (typeof value !== 'object' || value === null) throw missing(path);
  return value as Record<string, Json>;
}

function missing(path: readonly string[]): PatchError {
  return new PatchError(`There is no ${['', ...path.slice(1)].join('/')} to act upon.`);
}
