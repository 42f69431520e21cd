#!/usr/bin/env node
import { run } from './run.node.ts';

process.exitCode = (await run(process.argv.slice(2))) ?? process.exitCode;
