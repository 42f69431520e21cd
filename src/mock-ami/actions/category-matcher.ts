import type { ConfCategory } from '../config/conf-file.ts';
import { posixRegex } from '../dialplan/posix-regex.ts';

/**
 * Which categories a name and a filter mean. A filter is a list of `name=value`, both regular expressions: a category fits where each
 * pair is among its lines. Templates are left out unless the filter has `TEMPLATES=include` (they too) or `TEMPLATES=restrict` (only they).
 * Source: `does_category_match`, main/config.c.
 * @param name '' for any
 */
export function categoryMatcher(name: string, filter: string): (category: ConfCategory) => boolean {
  const pairs = filter.split(',').flatMap((part) => {
    const equals = part.indexOf('=');
    return filter === ''
      ? []
      : [{ key: part.slice(0, Math.max(0, equals)).trim(), value: part.slice(equals + 1).trim(), isPair: equals >= 0 }];
  });
  const templates = pairs.find(({ key }) => key === 'TEMPLATES')?.value.toLowerCase();
  const lines = pairs
    .filter(({ key }) => key !== 'TEMPLATES')
    .map(({ key, value, isPair }) => {
      return { name: posixRegex(key), value: posixRegex(value), isPair };
    });
  const fits = (category: ConfCategory): boolean =>
    lines.every(
      (line) =>
        line.isPair && category.entries.some((entry) => line.name?.test(entry.name) && line.value?.test(entry.value)),
    );
  return (category) => {
    if (name !== '' && category.name.toLowerCase() !== name.toLowerCase()) return false;
    if (category.template ? templates !== 'include' && templates !== 'restrict' : templates === 'restrict')
      return false;
    return fits(category);
  };
}
