import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MockPbx } from '../src/mock-ami/mock-pbx.node.ts';

const execute = promisify(execFile);
const timeout = 25_000;
/** What a distribution's Python has, that of a version manager may not have. */
const PYTHONS = ['python3', '/usr/bin/python3'];
const FOLDER = 'test/other-languages';
const DOCS = readFileSync('docs/control-api.md', 'utf8');

let pbx: MockPbx;

beforeEach(async () => {
  pbx = await MockPbx.listen({ speed: 20, control: {} });
});

afterEach(() => pbx.close());

/** The first of these commands that does that; `undefined` where none is there or can. */
function found(commands: readonly string[], ...args: readonly string[]): string | undefined {
  return commands.find((command) => spawnSync(command, args, { timeout }).status === 0);
}

/** A command with its first arguments; `undefined` where it is missing. */
function command(words: readonly [name: string, ...args: string[]], probe: string): readonly string[] | undefined {
  return found([words[0]], probe) === undefined ? undefined : words;
}

const api = (): string => String(pbx.control?.httpUrl);

describe('clients of other languages', () => {
  const call = [
    'Pong',
    '0 channels',
    'Originate successfully queued',
    'Newchannel Newchannel BridgeEnter BridgeEnter Hangup Hangup',
  ];
  const steered = ['admin Success', 'held'];

  const clients: readonly [name: string, command: string | undefined, program: string, expected: readonly string[]][] =
    [
      [
        'panoramisk (Debian: python3-panoramisk)',
        found(PYTHONS, '-c', 'import panoramisk'),
        'click-to-call-panoramisk.py',
        call,
      ],
      [
        'Telephony::Asterisk::AMI (Debian: libtelephony-asterisk-ami-perl)',
        found(['perl', '/usr/bin/perl'], '-MTelephony::Asterisk::AMI', '-e', '1'),
        'click-to-call-ami-module.pl',
        call,
      ],
      [
        'Perl with its own modules (Debian: perl)',
        found(['perl'], '-MHTTP::Tiny', '-MJSON::PP', '-e', '1'),
        'click-to-call.pl',
        [...call, ...steered],
      ],
      [
        'PHP with its own functions (Debian: php-cli)',
        found(['php'], '--version'),
        'click-to-call.php',
        [...call, ...steered],
      ],
    ];
  for (const [name, command, program, expected] of clients) {
    it.skipIf(command === undefined)(`click to call with ${name}; skipped where that is missing`, async () => {
      await pbx.perform('1001 will answer after 200ms', '1002 will answer after 200ms');
      const { stdout } = await execute(command ?? '', [join(FOLDER, program), String(pbx.port), api()], { timeout });
      expect(stdout.trim().split('\n')).toEqual(expected);
    });
  }
});

/** The lines of the page in that language. */
function lines(language: string): string {
  const code = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(DOCS)?.[1] ?? '';
  return code.replaceAll('http://127.0.0.1:8080', api());
}

const GO_PROGRAM = (ask: string): string => `package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

${ask}
func main() {
	answer, err := ask("POST", "/v1/steps", map[string]any{"steps": []string{"1001 dials 1002"}})
	fmt.Println(answer["state"], err)
}
`;

const JAVA_PROGRAM = (ask: string): string => `import java.net.URI;
import java.net.http.*;

class Ask {
${ask}
    public static void main(String[] args) throws Exception {
        System.out.println(ask("POST", "/v1/steps", "{\\"steps\\": [\\"1001 dials 1002\\"]}"));
    }
}
`;

describe('the lines for other languages in docs/control-api.md', () => {
  const programs: readonly [
    language: string,
    words: readonly string[] | undefined,
    file: string,
    program: () => string,
    expected: RegExp,
  ][] = [
    [
      'python',
      command(['python3'], '--version'),
      'ask.py',
      () => `${lines('python')}print(entry["action"])\n`,
      /^Hangup$/,
    ],
    [
      'php',
      command(['php'], '--version'),
      'ask.php',
      () => `<?php\n${lines('php')}echo $entry['action'];\n`,
      /^Hangup$/,
    ],
    ['go', command(['go', 'run'], 'version'), 'ask.go', () => GO_PROGRAM(lines('go')), /^done <nil>$/],
    ['java', command(['java'], '--version'), 'Ask.java', () => JAVA_PROGRAM(lines('java')), /"state":"done"/],
  ];
  for (const [language, words, file, program, expected] of programs) {
    it.skipIf(words === undefined)(`run as they are in ${language}; skipped where that is missing`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ask-'));
      try {
        await pbx.perform('admin sends Hangup: {Channel: none}');
        writeFileSync(join(folder, file), program());
        const [name = '', ...args] = words ?? [];
        const { stdout } = await execute(name, [...args, join(folder, file)], { timeout });
        expect(stdout.trim()).toMatch(expected);
        expect(pbx.phone('1002').lamp).toBe('ringing');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
