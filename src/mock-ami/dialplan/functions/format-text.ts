/** As C's printf for texts that are numbers: `%d %i %u %x %X %o %f %e %g %c %s %%` with flags, width and precision. */
export function formatText(format: string, args: readonly string[]): string {
  let next = 0;
  const argument = () => args[next++] ?? '';
  return format.replace(
    /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh?|ll?|[qjztL])?([diouxXeEfFgGcs%])/g,
    (_all, flags: string, widthText: string | undefined, precisionText: string | undefined, kind: string) => {
      if (kind === '%') return '%';
      const width = widthText === '*' ? Number(argument()) || 0 : Number(widthText ?? 0);
      const precision =
        precisionText === '*'
          ? Number(argument()) || 0
          : precisionText === undefined
            ? undefined
            : Number(precisionText);
      return pad(convert(kind, argument(), precision, flags), width, flags, kind);
    },
  );
}

function convert(kind: string, text: string, precision: number | undefined, flags: string): string {
  const number = Number.parseFloat(text) || 0;
  const whole = Math.trunc(number);
  switch (kind) {
    case 's':
      return precision === undefined ? text : text.slice(0, precision);
    case 'c':
      return /^\d+$/.test(text) ? String.fromCharCode(Number(text) & 0xff) : text.charAt(0);
    case 'd':
    case 'i':
      return withSign(digits(String(Math.abs(whole)), precision), whole < 0, flags);
    case 'u':
      return digits(String(whole >>> 0), precision);
    case 'o':
      return digits((whole >>> 0).toString(8), precision);
    case 'x':
      return (flags.includes('#') ? '0x' : '') + digits((whole >>> 0).toString(16), precision);
    case 'X':
      return (flags.includes('#') ? '0X' : '') + digits((whole >>> 0).toString(16), precision).toUpperCase();
    case 'e':
    case 'E':
      return withSign(cased(exponential(Math.abs(number), precision ?? 6), kind), number < 0, flags);
    case 'g':
    case 'G':
      return withSign(cased(general(Math.abs(number), precision ?? 6), kind), number < 0, flags);
    default:
      return withSign(Math.abs(number).toFixed(precision ?? 6), number < 0, flags);
  }
}

function digits(text: string, precision = 1): string {
  return text.padStart(precision, '0');
}

function cased(text: string, kind: string): string {
  return kind === kind.toUpperCase() ? text.toUpperCase() : text;
}

function exponential(value: number, precision: number): string {
  return value.toExponential(Math.min(precision, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number): string {
  const significant = Math.min(Math.max(precision, 1), 100);
  const exponent = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
  if (exponent < -4 || exponent >= significant) return exponential(value, significant - 1).replace(/\.?0+e/, 'e');
  const fixed = value.toFixed(Math.min(100, Math.max(0, significant - 1 - exponent)));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

function withSign(text: string, negative: boolean, flags: string): string {
  return (negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + text;
}

function pad(text: string, width: number, flags: string, kind: string): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || kind === 's' || kind === 'c') return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
