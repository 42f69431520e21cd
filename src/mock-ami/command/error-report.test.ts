import { describe, expect, it } from 'vitest';
import { CliError } from './cli-error.ts';
import { errorReport } from './error-report.ts';

describe('errorReport', () => {
  it('is one line with its code for an error that has one, and status 1', () => {
    const error = new CliError('CLI_NO_FILE', 'there is no folder\n  lab');
    expect(errorReport(error)).toEqual({ text: 'there is no folder lab [CLI_NO_FILE]', status: 1 });
  });

  it("names the system's code once", () => {
    const error = Object.assign(new Error('EACCES: permission denied, open x'), { code: 'EACCES' });
    expect(errorReport(error)).toEqual({ text: 'EACCES: permission denied, open x', status: 1 });
  });

  it('shows the stack of an error that nobody foresaw, and says so with status 70', () => {
    const report = errorReport(new TypeError('x is undefined'));
    expect(report.status).toBe(70);
    expect(report.text).toMatch(/^unexpected: TypeError: x is undefined\n +at /);
  });

  it('copes with things thrown that are no errors', () => {
    expect(errorReport('oops')).toEqual({ text: 'unexpected: oops', status: 70 });
  });
});
