/**
 * Exact fractions, which stand for the long doubles that Asterisk's expressions compute with: sums and quotients of decimal
 * numbers come out as its 18 printed digits show them, which 64-bit floating point does not.
 */
export interface Rational {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };

const printedDigits = 18;

export function rational(numerator: bigint, denominator = 1n): Rational {
  const divisor = gcd(abs(numerator), abs(denominator)) || 1n;
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

/** The number that the text begins with, as strtod reads it; 0 where there is none. */
export function parseRational(text: string): Rational {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?/.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  const digits = BigInt(`0${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = Number(exponent) - fraction.length;
  return scale >= 0 ? rational(digits * 10n ** BigInt(scale)) : rational(digits, 10n ** BigInt(-scale));
}

/** The nearest fraction; 0 for what is no number. */
export function fromNumber(value: number): Rational {
  return Number.isFinite(value) ? parseRational(String(value)) : zero;
}

export function toNumber({ numerator, denominator }: Rational): number {
  // Both may lie beyond a number's range while their quotient does not.
  const shift = Math.max(0, Math.max(numerator.toString(2).length, denominator.toString(2).length) - 1000);
  return Number(numerator >> BigInt(shift)) / Number(denominator >> BigInt(shift) || 1n);
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** `b` is not 0. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** What is left of `a` when whole `b`s are taken from it, with the sign of `a`; `b` is not 0. */
export function remainder(a: Rational, b: Rational): Rational {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return rational(left % right, a.denominator * b.denominator);
}

/** Negative, 0 or positive. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** As C's `%.18Lg`: 18 digits without trailing zeros, with an exponent where the number is very large or small. */
export function formatRational(value: Rational): string {
  if (value.numerator === 0n) return '0';
  const sign = value.numerator < 0n ? '-' : '';
  const magnitude = { numerator: abs(value.numerator), denominator: value.denominator };
  let exponent = magnitude.numerator.toString().length - magnitude.denominator.toString().length;
  let digits = roundedDigits(magnitude, exponent);
  if (digits < 10n ** BigInt(printedDigits - 1)) {
    exponent -= 1;
    digits = roundedDigits(magnitude, exponent);
  } else if (digits >= 10n ** BigInt(printedDigits)) {
    exponent += 1;
    digits = roundedDigits(magnitude, exponent);
  }
  return sign + layOut(digits.toString().replace(/0+$/, ''), exponent);
}

/** The number as an integer of 18 digits, if its first digit stands at that power of ten. */
function roundedDigits({ numerator, denominator }: Rational, exponent: number): bigint {
  const shift = printedDigits - 1 - exponent;
  const top = shift >= 0 ? numerator * 10n ** BigInt(shift) : numerator;
  const bottom = shift >= 0 ? denominator : denominator * 10n ** BigInt(-shift);
  return (2n * top + bottom) / (2n * bottom);
}

function layOut(digits: string, exponent: number): string {
  if (exponent < -4 || exponent >= printedDigits) {
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
    return `${digits.charAt(0)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${power}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function gcd(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
