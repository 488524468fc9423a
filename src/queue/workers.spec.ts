import { describe, expect, it } from '@jest/globals';
import type { Job } from './job.js';
import { census } from './workers.js';

const handler = (): Job => ({ run: () => Promise.resolve() });
const found = (...names: string[]) =>
  names.map((name) => ({ label: { name, queue: 'default' as const }, handler: handler() }));
const expected = (...names: string[]) => names.map((name) => ({ name, queue: 'default' as const }));

describe('the census of jobs', () => {
  it('gives each job its handler', () => {
    const jobs = found('send-one', 'send-two');
    expect(census(jobs, expected('send-one')).get('send-two')).toBe(jobs[1]?.handler);
  });

  it('refuses a job without a handler, by name', () => {
    expect(() => census(found('send-one'), expected('send-one', 'send-two', 'send-three'))).toThrow(
      'no handler for the jobs send-two, send-three',
    );
  });

  it('refuses a job with two', () => {
    expect(() => census(found('send-one', 'send-one'), [])).toThrow(
      'the job send-one has two handlers',
    );
  });

  it('takes one handler that is found twice for one', () => {
    const [one] = found('send-one');
    expect(census(one === undefined ? [] : [one, one], expected('send-one')).size).toBe(1);
  });
});
