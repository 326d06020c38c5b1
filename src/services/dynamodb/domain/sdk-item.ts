import type { AttributeValue, Item } from './attribute-value.ts';

/** An item as the SDK's types have it, binaries being bytes: for members of modelled errors. */
export function toSdkItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toSdk(value)]));
}

function toSdk(value: AttributeValue): unknown {
  if ('B' in value) return { B: bytes(value.B) };
  if ('BS' in value) return { BS: value.BS.map(bytes) };
  if ('L' in value) return { L: value.L.map(toSdk) };
  if ('M' in value) return { M: toSdkItem(value.M) };
  return value;
}

function bytes(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64');
}
