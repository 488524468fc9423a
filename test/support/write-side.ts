import { Acknowledgements } from '../../src/communities/acknowledgements.js';
import type { Viewer } from '../../src/http/viewer.js';
import { Messages } from '../../src/i18n/messages.js';
import { readConfig } from '../../src/kernel/config.js';
import { Logger } from '../../src/kernel/logger.js';
import { Outbox } from '../../src/outbox/outbox.js';
import { RelaySignal } from '../../src/outbox/relay-signal.js';
import { PostWriter } from '../../src/posting/post-writer.js';
import { TeamThreads } from '../../src/posting/team-threads.service.js';
import { Posting } from '../../src/posting/posting.service.js';
import { Polls } from '../../src/polls/polls.js';
import { Aliases } from '../../src/posts/aliases.js';
import { PostAccess } from '../../src/posts/post-access.js';
import { PostEditing } from '../../src/posts/post-editing.service.js';
import { PostMentions } from '../../src/posts/post-mentions.js';
import { PostQuotes } from '../../src/posts/post-quotes.js';
import { PrivateLinks } from '../../src/posts/private-links.service.js';
import { Publishing } from '../../src/posts/publishing.service.js';
import { ThreadTitles } from '../../src/posts/thread-titles.service.js';
import { StrategyTags } from '../../src/posts/strategy-tags.js';
import { SubmissionCheck } from '../../src/posts/submission-check.service.js';
import { Replying } from '../../src/replies/replying.service.js';
import { ReviewCases } from '../../src/review/review-cases.js';
import { ThreadAccess } from '../../src/threads/thread-access.js';
import { ThreadLocks } from '../../src/threads/thread-lock.service.js';
import { Screening } from '../../src/triage/screening.js';
import { testDatabase, type TestDatabase } from './database.js';

/**
 * A database with the services that create, change and publish posts, wired as in the application.
 */
export interface WriteSide extends TestDatabase {
  readonly signal: RelaySignal;
  readonly writer: PostWriter;
  readonly posting: Posting;
  readonly replying: Replying;
  readonly team: TeamThreads;
  readonly editing: PostEditing;
  readonly titles: ThreadTitles;
  readonly publishing: Publishing;
  viewer(handle: string, changes?: Partial<Viewer>): Promise<Viewer>;
  /** The only row of a result. */
  one<Row extends object>(text: string, params?: unknown[]): Promise<Row>;
  /** Names of outbox events since the last call. */
  events(): Promise<string[]>;
}

export async function writeSide(): Promise<WriteSide> {
  const db = await testDatabase();
  const { database, sql, clock, make } = db;
  const config = readConfig({
    NODE_ENV: 'test',
    SECRET_KEY: 'a'.repeat(40),
    BASE_URL: 'https://boat.example',
  });
  const outbox = new Outbox();
  const screening = new Screening(config, sql, clock, new Logger('silent', true));
  const check = new SubmissionCheck(sql, clock, screening, new ReviewCases(clock, outbox));
  const links = new PrivateLinks(config, new Messages());
  const threads = new ThreadAccess(sql);
  const publishing = new Publishing(clock, outbox, new Messages());
  const signal = new RelaySignal(sql);
  const writer = new PostWriter(
    database,
    sql,
    clock,
    new Aliases(),
    new Acknowledgements(),
    check,
    new StrategyTags(clock),
    new PostQuotes(),
    new PostMentions(clock),
    signal,
  );
  const locks = new ThreadLocks(database, sql, clock, outbox, threads);
  const titles = new ThreadTitles(database, clock, outbox, new PostAccess(sql), new Messages());
  let seen = '0';
  return {
    ...db,
    signal,
    writer,
    publishing,
    posting: new Posting(clock, check, links, writer, new Polls(database, sql, clock)),
    replying: new Replying(sql, threads, check, links, locks, writer),
    team: new TeamThreads(clock, writer),
    editing: new PostEditing(
      database,
      clock,
      outbox,
      new PostAccess(sql),
      check,
      links,
      publishing,
      new PostQuotes(),
      titles,
      new PostMentions(clock),
    ),
    titles,
    viewer: (handle, changes) => make.viewer(handle, changes),
    one: async <Row extends object>(text: string, params: unknown[] = []) => {
      const rows = (await make.rows(text, params)) as Row[];
      if (rows.length !== 1 || rows[0] === undefined)
        throw new Error(`${rows.length} rows instead of one`);
      return rows[0];
    },
    events: async () => {
      const rows = (await make.rows(
        'select id::text, event from outbox where id > $1 order by outbox.id',
        [seen],
      )) as { id: string; event: string }[];
      seen = rows.at(-1)?.id ?? seen;
      return rows.map(({ event }) => event);
    },
  };
}
