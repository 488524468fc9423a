import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { Clock } from '../kernel/clock.js';
import { TooManyRequests } from '../kernel/errors.js';
import { READING_POINTS, ReadingLimit } from './reading-limit.js';

const FAR = '192.0.2.7';

describe('the reading limit', () => {
  /** @returns how many of the requests of one network are answered */
  const answered = (method: string, path: string, count: number, ip = FAR): number => {
    const middleware = new ReadingLimit(new Clock()).middleware();
    let passed = 0;
    for (let n = 0; n < count; n += 1)
      middleware({ method, path, ip } as Request, {} as Response, (error?: unknown) => {
        if (error === undefined) passed += 1;
        else expect(error).toBeInstanceOf(TooManyRequests);
      });
    return passed;
  };

  it.each(['GET', 'HEAD'])('counts %s', (method) => {
    expect(answered(method, '/search', READING_POINTS)).toBe(READING_POINTS / 10);
    expect(answered(method, '/c/cove', READING_POINTS + 5)).toBe(READING_POINTS);
  });

  it.each(['/help-now', '/leave', '/leaving-quickly', '/resources', '/healthz', '/assets/a.css'])(
    'never limits %s',
    (path) => {
      expect(answered('GET', path, READING_POINTS + 5)).toBe(READING_POINTS + 5);
    },
  );

  it('does not count form submissions or requests from this machine', () => {
    expect(answered('POST', '/search', READING_POINTS)).toBe(READING_POINTS);
    expect(answered('GET', '/search', READING_POINTS, '::ffff:127.0.0.1')).toBe(READING_POINTS);
  });
});
