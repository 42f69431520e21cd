/** `npm run readme`: writes the tables anew that come from the code: the README's of error codes, and that of faults. */
import { readFileSync, writeFileSync } from 'node:fs';
import { codesTable, declaredCodes, withTable } from './error-codes.ts';
import { FAULTS_PAGE, withFaultTable } from './fault-tables.ts';
import { projectFiles } from './project-files.ts';

const codes = projectFiles()
  .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
  .flatMap((path) => declaredCodes(readFileSync(path, 'utf8')));
writeFileSync('README.md', withTable(readFileSync('README.md', 'utf8'), codesTable(codes)));
writeFileSync(FAULTS_PAGE, withFaultTable(readFileSync(FAULTS_PAGE, 'utf8')));
