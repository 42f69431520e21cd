/** `npm run open-api`: writes `docs/openapi.json`, the description of the mock's control API. */
import { writeFileSync } from 'node:fs';
import { openApi } from '../src/mock-ami/control/api/open-api.ts';

writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApi(), undefined, 2)}\n`);
