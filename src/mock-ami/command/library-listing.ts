import { libraryNames, libraryScenario } from '../../scenarios/library.ts';

/** The scenarios that come with the project, with what happens in them: for people a line each, or as a JSON array of `{name, about}`. */
export function libraryListing(asJson: boolean): string {
  const rows = libraryNames().map((name) => ({ name, about: libraryScenario(name).scenario.about ?? '' }));
  if (asJson) return `${JSON.stringify(rows)}\n`;
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, about }) => `${name.padEnd(width)}  ${about}\n`).join('');
}
