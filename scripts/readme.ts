/** `npm run readme`: writes what pages say of codes, faults, settings and metrics anew, from where they are declared. */
import { readFileSync, writeFileSync } from 'node:fs';
import { codesTable, declaredCodes, withTable } from './error-codes.ts';
import { FAULTS_PAGE, withFaultTable } from './fault-tables.ts';
import { metricsTable, optionsTable, schemaFile, withTable as withGatewayTable } from './gateway-pages.ts';
import { projectFiles } from './project-files.ts';

const codes = projectFiles()
  .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
  .flatMap((path) => declaredCodes(readFileSync(path, 'utf8')));
writeFileSync('README.md', withTable(readFileSync('README.md', 'utf8'), codesTable(codes)));
writeFileSync(FAULTS_PAGE, withFaultTable(readFileSync(FAULTS_PAGE, 'utf8')));

writeFileSync('docs/gateway.schema.json', schemaFile());
for (const [page, table] of [
  ['docs/gateway.md', optionsTable()],
  ['docs/metrics.md', metricsTable()],
] as const) {
  writeFileSync(page, withGatewayTable(readFileSync(page, 'utf8'), table));
}
