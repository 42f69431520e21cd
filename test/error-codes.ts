import ts from 'typescript';

/**
 * The codes that a source file gives its errors: members of every exported union whose name ends with `ErrorCode`.
 * The README lists them all.
 */
export function declaredCodes(path: string, text: string): string[] {
  const codes: string[] = [];
  ts.forEachChild(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext), (node) => {
    if (!ts.isTypeAliasDeclaration(node) || !node.name.text.endsWith('ErrorCode')) return;
    const members = ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
    for (const member of members) {
      if (ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal)) codes.push(member.literal.text);
    }
  });
  return codes;
}

/** The codes that the README lists: first column of the table under "Error codes". */
export function listedCodes(readme: string): string[] {
  const section = /^## Error codes$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(readme)?.[1] ?? '';
  return [...section.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((match) => match[1] ?? '');
}
