/**
 * A value as it stands on the wire and in storage: one member, named by its type. Numbers are
 * decimal text, binaries base64.
 */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** Attributes by name. Names come from requests, so look them up with `attributeOf`. */
export type Item = Readonly<Record<string, AttributeValue>>;

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';
/** The types a key attribute can have. */
export type KeyType = 'S' | 'N' | 'B';

/** An item's own attribute, never something that objects inherit (`constructor`, `toString`). */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** The type of a value that has passed the checks. */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new Error('an attribute value without a type');
}

/** A scalar key's text: what stands under its one member. */
export function textOf(value: AttributeValue, type: KeyType): string | undefined {
  return (value as Partial<Record<KeyType, string>>)[type];
}
