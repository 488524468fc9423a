import { PassThrough } from 'node:stream';
import type { Response } from 'express';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { hashToken } from '../../kernel/ids.js';
import { Logger } from '../../kernel/logger.js';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { UnreadStreams } from './unread-streams.js';

class Answer extends PassThrough {
  status = 0;
  text = '';

  constructor() {
    super();
    this.on('data', (chunk: Buffer) => {
      this.text += chunk.toString();
    });
  }

  writeHead(status: number): this {
    this.status = status;
    return this;
  }

  flushHeaders(): void {
    return;
  }
}

describe('the unread count', () => {
  let db: TestDatabase;
  let i18n: Translator;

  beforeAll(async () => {
    db = await testDatabase();
    i18n = new Translator(new Messages(), 'en', db.clock.now());
  });
  afterAll(() => db.close());

  interface Listener {
    memberId: string;
    sessionId: string;
  }

  /** A member with a session. */
  async function listener(handle: string): Promise<Listener> {
    const token = await db.make.session(handle);
    return db.make.one<Listener>(
      `select member_id as "memberId", id as "sessionId" from sessions where token_hash = $1`,
      [hashToken(token)],
    );
  }

  function streams(): { all: UnreadStreams; listen: (viewer: Listener) => Answer } {
    const all = new UnreadStreams(db.sql, new Logger('silent', true));
    return {
      all,
      listen: (viewer) => {
        const answer = new Answer();
        all.open(viewer, 0, i18n, answer as unknown as Response);
        return answer;
      },
    };
  }

  it('is pushed to its member when it changes, with one query for everybody', async () => {
    const { all, listen } = streams();
    const [ann, bob] = [await listener('ann'), await listener('bob')];
    const pages = [listen(ann), listen(ann), listen(bob)];
    const before = db.sql.count;
    await all.poll();
    expect(pages.map((each) => each.text.includes('data:'))).toEqual([false, false, false]);
    await db.make.rows(
      `insert into notices (member_id, kind, subject_id) values ($1, 'decision', 1)`,
      [ann.memberId],
    );
    await all.poll();
    await all.poll();
    expect(db.sql.count - before).toBe(3);
    expect(pages.map((each) => each.text.split('data:').length - 1)).toEqual([1, 1, 0]);
    expect(JSON.parse(pages[0]?.text.split('data: ')[1] ?? '')).toMatchObject({ count: 1 });
    all.onModuleDestroy();
  });

  it('allows a few streams per member, and closes the oldest', async () => {
    const { all, listen } = streams();
    const member = await listener('cat');
    const pages = Array.from({ length: 6 }, () => listen(member));
    expect(all.size).toBe(4);
    expect(pages.map((each) => each.writableEnded)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    all.onModuleDestroy();
  });

  it('is no longer pushed once the session has ended', async () => {
    const { all, listen } = streams();
    const [out, stays] = [await listener('eve'), await listener('eve')];
    const pages = [listen(out), listen(stays)];
    await all.poll();
    expect(pages.map((each) => each.writableEnded)).toEqual([false, false]);
    await db.make.rows('delete from sessions where id = $1', [out.sessionId]);
    await all.poll();
    expect(pages.map((each) => each.writableEnded)).toEqual([true, false]);
    all.onModuleDestroy();
  });

  it('is no longer pushed when a page closes or the process stops', async () => {
    const { all, listen } = streams();
    const member = await listener('dan');
    const [left, stays] = [listen(member), listen(member)];
    left.destroy();
    await new Promise((resolve) => left.once('close', resolve));
    expect(all.size).toBe(1);
    all.onModuleDestroy();
    expect(stays.writableEnded).toBe(true);
    expect(all.open(member, 0, i18n, new Answer() as unknown as Response)).toBe(false);
  });
});
