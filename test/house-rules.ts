/** Rules that hold for every text file of the project, recordings aside. A rule names what it forbids, so that a fault reads as a sentence. */
export interface HouseRule {
  readonly forbids: string;
  readonly pattern: RegExp;
  /** Files that it looks at. */
  readonly in: RegExp;
}

const CODE_AND_DOCS = /\.(ts|md|json|yaml|yml|html|css|sh)$|^\.ci\//;

export const HOUSE_RULES: readonly HouseRule[] = [
  // the words are cut in two so that this file does not break its own rules
  {
    forbids: "a path of somebody's machine",
    pattern: /(^|[\s'"`(=])\/(ho|ro|wo|Us|fa)(me|ot|rk|ers|rm)\//m,
    in: CODE_AND_DOCS,
  },
  { forbids: "a drive of somebody's machine", pattern: /['"`][A-Z]:\\\\/, in: CODE_AND_DOCS },
  { forbids: 'work left open', pattern: new RegExp('\\b(TO' + 'DO|FIX' + 'ME|X' + 'XX)\\b'), in: CODE_AND_DOCS },
  {
    forbids: 'the host of a package registry',
    pattern: new RegExp('"resolved": "' + 'http'),
    in: /^package-lock\.json$/,
  },
  {
    forbids: 'a test that runs alone or not at all',
    pattern: /\b(it|test|describe)\.(only|skip|todo)\(/,
    in: /\.(test|spec)\.ts$/,
  },
];

/** A file's faults, each with its line. */
export function ruleFaults(path: string, text: string, rules: readonly HouseRule[] = HOUSE_RULES): string[] {
  return rules
    .filter((rule) => rule.in.test(path))
    .flatMap((rule) =>
      text
        .split('\n')
        .flatMap((line, at) => (rule.pattern.test(line) ? [`${path}:${at + 1}: ${rule.forbids}: ${line.trim()}`] : [])),
    );
}
