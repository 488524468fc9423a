import { describe, expect, it } from '@jest/globals';
import type { Job } from './job.js';
import { indexHandlers } from './workers.js';

const handler = (): Job => ({ run: () => Promise.resolve() });
const found = (...names: string[]) =>
  names.map((name) => ({ label: { name, queue: 'default' as const }, handler: handler() }));
const expected = (...names: string[]) => names.map((name) => ({ name, queue: 'default' as const }));

describe('indexHandlers', () => {
  it('maps each job to its handler', () => {
    const jobs = found('send-one', 'send-two');
    const handlers = indexHandlers(jobs, expected('send-one', 'send-two'));
    expect(handlers.get('send-two')).toBe(jobs[1]?.handler);
  });

  it('rejects a job without a handler, by name', () => {
    expect(() =>
      indexHandlers(found('send-one'), expected('send-one', 'send-two', 'send-three')),
    ).toThrow('no handler for the jobs send-two, send-three');
  });

  it('rejects a job with two handlers', () => {
    expect(() => indexHandlers(found('send-one', 'send-one'), [])).toThrow(
      'the job send-one has two handlers',
    );
  });

  it('rejects a handler that nothing starts', () => {
    expect(() => indexHandlers(found('send-one', 'send-two'), expected('send-one'))).toThrow(
      'nothing starts the jobs send-two',
    );
  });

  it('accepts a job that both an event and the schedule start', () => {
    expect(indexHandlers(found('send-one'), expected('send-one', 'send-one')).size).toBe(1);
  });

  it('deduplicates a handler that is found twice', () => {
    const [one] = found('send-one');
    expect(indexHandlers(one === undefined ? [] : [one, one], expected('send-one')).size).toBe(1);
  });
});
