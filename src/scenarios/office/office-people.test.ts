import { describe, expect, it } from 'vitest';
import { officeConfig } from './office-config.ts';
import { officePeople } from './office-people.ts';

const counts = { workers: 8, callers: 20 };

describe('officePeople', () => {
  it('gives the same people for the same seed, and others for another', () => {
    expect(officePeople(7, counts)).toEqual(officePeople(7, counts));
    expect(officePeople(7, counts).workers).not.toEqual(officePeople(8, counts).workers);
  });

  it('numbers the extensions from 1001 and spreads people over the departments', () => {
    const { workers } = officePeople(1, counts);
    expect(workers.map(({ extension }) => extension)).toEqual(
      [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008].map(String),
    );
    expect(new Set(workers.map(({ department }) => department)).size).toBe(4);
  });

  it('takes callers from the numbers that are reserved for fiction', () => {
    for (const { number } of officePeople(1, counts).callers) expect(number).toMatch(/^\+1\d{3}55501\d\d$/);
  });
});

describe('officeConfig', () => {
  const people = officePeople(1, counts);
  const config = officeConfig(people, { name: 'gateway', secret: 's3cret' });

  it('has an endpoint with its caller id, and a hint, for everybody', () => {
    for (const { extension, name } of people.workers) {
      expect(config.get('pjsip.conf')).toContain(`callerid = "${name}" <${extension}>`);
      expect(config.get('extensions.conf')).toContain(`exten => ${extension},hint,PJSIP/${extension}\n`);
    }
  });

  it('lets one AMI user in', () => {
    expect(config.get('manager.conf')).toMatch(/\[gateway\]\nsecret = s3cret\nread = all\nwrite = all\n$/);
  });
});
