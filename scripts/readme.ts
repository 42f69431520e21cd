/** `npm run readme`: writes the README's table of error codes anew, from the comments beside the codes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { codesTable, declaredCodes, withTable } from './error-codes.ts';
import { projectFiles } from './project-files.ts';

const codes = projectFiles()
  .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
  .flatMap((path) => declaredCodes(readFileSync(path, 'utf8')));
writeFileSync('README.md', withTable(readFileSync('README.md', 'utf8'), codesTable(codes)));
