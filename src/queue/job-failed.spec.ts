import { describe, expect, it } from '@jest/globals';
import { JobFailed, displayedReason } from './job-failed.js';

describe("a job's stored error", () => {
  it('contains name, code and stack, never the message', () => {
    const failed = new JobFailed(
      Object.assign(new TypeError('ann@example.org wrote: help'), { code: 'ECONNREFUSED' }),
    );
    expect(failed.message).toBe('TypeError ECONNREFUSED');
    expect(failed.stack).toContain('job-failed.spec');
    expect(JSON.stringify([failed.message, failed.stack])).not.toMatch(/ann@|help/);
    expect(
      new JobFailed(
        Object.assign(new Error('450 ann@example.org busy'), {
          responseCode: 450,
          code: 'EENVELOPE',
        }),
      ).message,
    ).toBe('Error 450');
    expect(new JobFailed('a text').message).toBe('string');
  });

  it.each([
    ['Error ECONNREFUSED', 'Error ECONNREFUSED'],
    ['MailInFlight', 'MailInFlight'],
    ['could not write to ann@example.org', 'Error'],
    ['a b c', 'Error'],
    [undefined, 'Error'],
  ])('shows %j as %s', (reason, shown) => {
    expect(displayedReason(reason)).toBe(shown);
  });
});
