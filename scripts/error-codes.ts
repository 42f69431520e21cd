import ts from 'typescript';

export interface ErrorCode {
  readonly code: string;
  /** The comment above it, in one line. */
  readonly meaning: string;
}

/** The codes that a source file gives its errors, with their comments: members of every union whose name ends with `ErrorCode`. */
export function declaredCodes(text: string): ErrorCode[] {
  const codes: ErrorCode[] = [];
  ts.forEachChild(ts.createSourceFile('source.ts', text, ts.ScriptTarget.ESNext), (node) => {
    if (!ts.isTypeAliasDeclaration(node) || !node.name.text.endsWith('ErrorCode')) return;
    const members = ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
    let end = node.type.pos;
    for (const member of members) {
      if (!ts.isLiteralTypeNode(member) || !ts.isStringLiteral(member.literal)) continue;
      codes.push({ code: member.literal.text, meaning: commentIn(text.slice(end, member.end)) });
      end = member.end;
    }
  });
  return codes;
}

/** The README's section that lists all codes, as it should be. */
export function codesTable(codes: readonly ErrorCode[]): string {
  const rows = codes
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, meaning }) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}

/** The table as it stands in the README. */
export function listedTable(readme: string): string {
  return TABLE.exec(readme)?.[0] ?? '';
}

export function withTable(readme: string, table: string): string {
  return readme.replace(TABLE, () => table);
}

const TABLE = /^\| code \| meaning \|\n(?:\|.*\n?)*(?<!\n)/m;

function commentIn(text: string): string {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim();
}
