/**
 * DynamoDB's numbers: up to 38 significant digits, magnitudes from 1e-130 to 9.99…e+125.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
export interface Decimal {
  readonly negative: boolean;
  /** Significant digits without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** Of the first digit, as in scientific notation; 0 for zero. */
  readonly exponent: number;
}

const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Already in normal form and far from every limit. */
const PLAIN = /^(?:0|-?[1-9]\d{0,19})$/;

/** @returns `undefined` for text that is no number at all; limits are not checked */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', power = '0'] = WRITTEN.exec(text) ?? [];
  if (sign === undefined || whole.length + fraction.length === 0) return undefined;
  const written = whole + fraction;
  const leadingZeros = countLeadingZeros(written);
  const digits = withoutTrailingZeros(written.slice(leadingZeros));
  if (digits === '') return { negative: false, digits: '', exponent: 0 };
  return {
    negative: sign === '-',
    digits,
    exponent: whole.length - 1 - leadingZeros + Number(power),
  };
}

/** The form DynamoDB answers in: plain digits, no exponent, no superfluous zeros. */
export function formatDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/**
 * The normal form of a number as sent.
 *
 * @returns AWS's words on what is wrong under `problem`
 */
export function normalizeNumber(
  text: string,
): { readonly normal: string } | { readonly problem: string } {
  if (PLAIN.test(text)) return { normal: text };
  if (text === '') return { problem: 'The parameter cannot be converted to a numeric value' };
  const decimal = parseDecimal(text);
  if (!decimal) return { problem: `The parameter cannot be converted to a numeric value: ${text}` };
  if (decimal.exponent > 125) {
    return {
      problem:
        'Number overflow. Attempting to store a number with magnitude larger than supported range',
    };
  }
  if (decimal.exponent < -130) {
    return {
      problem:
        'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    };
  }
  if (decimal.digits.length > 38) {
    return { problem: 'Attempting to store more than 38 significant digits in a Number' };
  }
  return { normal: formatDecimal(decimal) };
}

/** Numbers in normal form whose sum is exact in a double. */
const SMALL = /^(?:0|-?[1-9]\d{0,14})$/;

/**
 * The sum or difference of two numbers in normal form, exactly.
 *
 * @returns AWS's words under `problem` where the result is no number of DynamoDB's
 */
export function addNumbers(
  a: string,
  b: string,
  operator: '+' | '-',
): { readonly normal: string } | { readonly problem: string } {
  if (SMALL.test(a) && SMALL.test(b)) {
    return { normal: String(operator === '+' ? Number(a) + Number(b) : Number(a) - Number(b)) };
  }
  const [left, right] = [parseDecimal(a)!, parseDecimal(b)!];
  const unit = Math.min(unitOf(left), unitOf(right));
  const [leftUnits, rightUnits] = [inUnits(left, unit), inUnits(right, unit)];
  const result = operator === '+' ? leftUnits + rightUnits : leftUnits - rightUnits;
  return normalizeNumber(`${result}e${unit}`);
}

/** The power of ten of a number's last digit. */
function unitOf({ digits, exponent }: Decimal): number {
  return exponent - Math.max(digits.length - 1, 0);
}

function inUnits(decimal: Decimal, unit: number): bigint {
  if (decimal.digits === '') return 0n;
  const units = BigInt(decimal.digits) * 10n ** BigInt(unitOf(decimal) - unit);
  return decimal.negative ? -units : units;
}

/**
 * Bytes that compare as the numbers do: two of sign and exponent, then two digits a byte. Those of
 * a negative number are complemented and closed by 0xff, so that more digits sort lower.
 */
export function orderedBytes(text: string): Uint8Array {
  const decimal = parseDecimal(text);
  if (!decimal) throw new Error(`not a number: ${text}`);
  const { negative, digits, exponent } = decimal;
  if (digits === '') return Uint8Array.of(0x80, 0x00);
  const pairs = Math.ceil(digits.length / 2);
  const bytes = new Uint8Array(2 + pairs + (negative ? 1 : 0));
  const head = 0x8000 + (negative ? -1 : 1) * (exponent + 1000);
  bytes[0] = head >> 8;
  bytes[1] = head & 0xff;
  for (let at = 0; at < pairs; at++) {
    const pair = 1 + Number(digits.slice(at * 2, at * 2 + 2).padEnd(2, '0'));
    bytes[2 + at] = negative ? 0xff - pair : pair;
  }
  if (negative) bytes[2 + pairs] = 0xff;
  return bytes;
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareNumbers(a: string, b: string): number {
  return Buffer.compare(orderedBytes(a), orderedBytes(b));
}

/**
 * What a number in normal form counts for: a byte for every two digits, counted from the decimal
 * point outward, one for the exponent and one for a minus sign.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function numberSize(text: string): number {
  const decimal = parseDecimal(text);
  if (!decimal || decimal.digits === '') return 1;
  const { digits, exponent, negative } = decimal;
  const leadsAlone = exponent % 2 === 0;
  const pairs = leadsAlone ? 1 + Math.ceil((digits.length - 1) / 2) : Math.ceil(digits.length / 2);
  return pairs + 1 + (negative ? 1 : 0);
}

function countLeadingZeros(digits: string): number {
  let count = 0;
  while (count < digits.length && digits.charCodeAt(count) === 48) count++;
  return count;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}
