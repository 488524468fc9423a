import { describe, expect, it } from '@jest/globals';
import type { RateLimits } from '../http/rate-limit.js';
import type { Viewer } from '../http/viewer.js';
import { Forbidden, TooManyRequests } from '../kernel/errors.js';
import { countedPost, REPLIES } from './counted-post.js';
import type { PostedPost } from './post-writer.js';

const POST = { id: '7', threadId: '3', number: 2, held: false, needsHelp: false, again: false };

/**
 * Submits a form.
 * @returns its outcome, and which steps ran
 */
async function sent(given: {
  counted: () => Promise<boolean>;
  before: PostedPost | null;
  post: () => Promise<PostedPost>;
}): Promise<{ outcome: PostedPost | Error; steps: string[] }> {
  const steps: string[] = [];
  const limits = {
    countOnce: () => {
      steps.push('count');
      return given.counted();
    },
    giveBack: () => {
      steps.push('give back');
      return Promise.resolve();
    },
  } as unknown as RateLimits;
  const outcome = await countedPost(
    limits,
    REPLIES,
    { memberId: '1' } as Viewer,
    'key',
    () => {
      steps.push('look');
      return Promise.resolve(given.before);
    },
    () => {
      steps.push('post');
      return given.post();
    },
  ).catch((error: unknown) => error as Error);
  return { outcome, steps };
}

describe('countedPost', () => {
  const yes = (): Promise<boolean> => Promise.resolve(true);
  const no = (): Promise<boolean> => Promise.resolve(false);
  const made = (): Promise<PostedPost> => Promise.resolve(POST);
  const earlier = { ...POST, again: true };

  it('does not look for an earlier post when a form arrives for the first time', async () => {
    expect(await sent({ counted: yes, before: null, post: made })).toEqual({
      outcome: POST,
      steps: ['count', 'post'],
    });
  });

  it('returns the existing post when the form arrives again', async () => {
    expect(await sent({ counted: no, before: earlier, post: made })).toEqual({
      outcome: earlier,
      steps: ['count', 'look'],
    });
  });

  it('writes the post if the form was counted but no post exists', async () => {
    expect(await sent({ counted: no, before: null, post: made })).toEqual({
      outcome: POST,
      steps: ['count', 'look', 'post'],
    });
  });

  it('gives the count back if the form arrives again after the window', async () => {
    const again = { counted: yes, before: earlier, post: () => Promise.resolve(earlier) };
    expect((await sent(again)).steps).toEqual(['count', 'post', 'give back']);
  });

  it.each([
    ['too many are sent', () => Promise.reject(new TooManyRequests(60)), made, ['count', 'look']],
    [
      'it is refused now',
      yes,
      () => Promise.reject(new Forbidden('threads.hindrance.locked')),
      ['count', 'post', 'look', 'give back'],
    ],
  ])('returns the existing post, even if %s', async (_, counted, post, steps) => {
    expect(await sent({ counted, before: earlier, post })).toEqual({ outcome: earlier, steps });
  });

  it('rejects the form if no post exists', async () => {
    const refusal = new TooManyRequests(60);
    const refused = { counted: () => Promise.reject(refusal), before: null, post: made };
    expect((await sent(refused)).outcome).toBe(refusal);
  });
});
