/** The few shapes of ASN.1's distinguished encoding that a certificate and a signed message take. */

export function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, ...parts);
}

export function setOf(...parts: readonly Buffer[]): Buffer {
  return element(0x31, ...parts);
}

/** `[number] EXPLICIT` */
export function tagged(number: number, ...parts: readonly Buffer[]): Buffer {
  return element(0xa0 + number, ...parts);
}

/** `[number] IMPLICIT` in place of what a primitive's own type would say. */
export function labelled(number: number, bytes: Uint8Array): Buffer {
  return element(0x80 + number, Buffer.from(bytes));
}

export function yes(): Buffer {
  return element(0x01, Buffer.from([0xff]));
}

/** A positive number, its most significant byte first. */
export function integer(bytes: Uint8Array): Buffer {
  const sign = (bytes[0] ?? 0) > 0x7f ? Buffer.from([0]) : Buffer.alloc(0);
  return element(0x02, sign, Buffer.from(bytes));
}

export function octets(bytes: Uint8Array): Buffer {
  return element(0x04, Buffer.from(bytes));
}

/** @param unused how many of the last byte's bits do not count */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return element(0x03, Buffer.from([unused]), Buffer.from(bytes));
}

export function nothing(): Buffer {
  return element(0x05);
}

export function utf8(text: string): Buffer {
  return element(0x0c, Buffer.from(text));
}

/** @param text `YYMMDDHHMMSSZ`, up to the year 2049 */
export function utcTime(text: string): Buffer {
  return element(0x17, Buffer.from(text));
}

/** @param dotted e.g. `2.5.4.3` */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    digits.unshift(0x80 + (left % 128));
  }
  return digits;
}

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value]);
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
}
