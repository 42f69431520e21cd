#!/usr/bin/env node
/** The command of the package net-mock-ami: what `asterclick mock` does, on its own. */
import { readFileSync } from 'node:fs';
import { mockCommand } from './mock-command.node.ts';
import { runCommand, withUsageErrors } from './run-command.node.ts';

const NAME = 'net-mock-ami';

function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const makeProgram = () => withUsageErrors(mockCommand(NAME).version(packageVersion()));
process.exitCode = (await runCommand(NAME, makeProgram, process.argv.slice(2))) ?? process.exitCode;
