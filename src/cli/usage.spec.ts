import { describe, expect, it } from '@jest/globals';
import { rejectMisuse, unknownVerb } from './usage.js';

const RESTORE = 'restore FILE [--json]    fills an empty database from a backup';
const COUNTS = 'jobs counts    jobs waiting, --since is of another verb';
const EXPORT = 'export --member HANDLE --reason WHY [--second HANDLE --code CODE]    prints';
const SESSIONS = 'end-sessions --member HANDLE|--everybody --reason WHY    logs out';
const IMPORT = 'import a|b FILE --community SLUG|SLUG=WHAT… [--dry-run] [--losses FILE]    brings';

describe('arguments of a verb', () => {
  it.each([
    ['restore', RESTORE, ['a.backup'], { json: true }],
    ['restore', RESTORE, [], {}],
    ['jobs counts', COUNTS, [], { json: true }],
    ['export', EXPORT, [], { member: 'a', reason: 'b', second: 'c', code: 'd' }],
    ['end-sessions', SESSIONS, [], { everybody: true, reason: 'b' }],
    ['import', IMPORT, ['a', 'file'], { community: ['x'], 'dry-run': true, losses: 'file' }],
  ])('%s takes what its help names', (name, help, words, options) => {
    expect(() => rejectMisuse(name, help, words, options)).not.toThrow();
  });

  it.each([
    ['restore', RESTORE, ['a'], { 'dry-run': true }, 'restore takes no --dry-run.'],
    ['restore', RESTORE, ['a', 'b'], {}, 'restore takes no “b”.'],
    ['jobs counts', COUNTS, [], { since: 'x' }, 'jobs counts takes no --since.'],
    ['jobs counts', COUNTS, ['urgent'], {}, 'jobs counts takes no “urgent”.'],
    ['export', EXPORT, ['robin'], { reason: 'b' }, 'export takes no “robin”.'],
    ['end-sessions', SESSIONS, ['robin'], {}, 'end-sessions takes no “robin”.'],
    ['import', IMPORT, ['a', 'file', 'other'], {}, 'import takes no “other”.'],
  ])('%s refuses what it does not', (name, help, words, options, fault) => {
    expect(() => rejectMisuse(name, help, words, options)).toThrow(
      `${fault} Add --help for what it takes.`,
    );
  });

  it('are rejected in one line for an unknown verb', () => {
    const known = ['backup', 'jobs counts', 'jobs list-failed'];
    expect(unknownVerb(known, [])).toBe('Name a command. --help lists them.');
    expect(unknownVerb(known, ['back-up'])).toBe(
      'There is no command “back-up”. --help lists them.',
    );
    expect(unknownVerb(known, ['jobs', 'count'])).toBe(
      'jobs is one of jobs counts, jobs list-failed. Add --help for more.',
    );
  });
});
