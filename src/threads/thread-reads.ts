import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { isId } from '../kernel/ids.js';
import { Sql } from '../kernel/sql.js';
import { ReadAhead, type EarlyRead } from '../http/read-ahead.js';
import { textQuery } from '../http/request.js';
import { mayModerate, type MaybeViewer, type Viewer } from '../http/viewer.js';
import type { PostRow } from '../posts/post.view.js';
import { ThreadAccess, type AccessibleThread } from './thread-access.js';
import { lastPageOf } from './thread-pages.view.js';
import { postsFor } from './thread-posts.js';

/** A thread with the posts of one page, as the viewer may read them. */
export interface ThreadPageRead {
  readonly thread: AccessibleThread;
  readonly posts: PostRow[];
  /** Number of the page. */
  readonly page: number;
}

const PATH = /^\/t\/(\d+)$/;
const PAGE = /^[1-9]\d{0,8}$/;

/** Reads a thread together with the posts of one page. */
@Injectable()
export class ThreadReads implements OnModuleInit {
  constructor(
    private readonly access: ThreadAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly ahead: ReadAhead,
  ) {}

  onModuleInit(): void {
    this.ahead.register((req, viewer) => this.early(req, viewer));
  }

  /**
   * @param asked number of the page, from 1
   * @throws NotFound for a thread that the viewer may not see, or a page that does not exist
   */
  async page(viewer: MaybeViewer, id: string, asked: number | 'last'): Promise<ThreadPageRead> {
    // Which posts a member sees depends on their rights in the community only if they may moderate
    // at all. Without, posts are read together with the thread, and dropped if it must not be read.
    if (asked !== 'last' && !mayModerate(viewer)) {
      const [thread, posts] = await Promise.all([
        this.access.load(viewer, id),
        postsFor(this.sql, viewer, id, asked, false, this.clock.now()),
      ]);
      if (asked > lastPageOf(thread)) throw new NotFound();
      return { thread, posts, page: asked };
    }
    const thread = await this.access.load(viewer, id);
    const last = lastPageOf(thread);
    const page = asked === 'last' ? last : asked;
    if (page > last) throw new NotFound();
    const posts = await postsFor(this.sql, viewer, id, page, thread.moderates, this.clock.now());
    return { thread, posts, page };
  }

  /** What was read for a request to a page together with the session; null if nothing was. */
  readEarly(
    req: Request,
    viewer: MaybeViewer,
    id: string,
    page: number,
  ): Promise<ThreadPageRead> | null {
    return this.ahead.take(req, viewer, keyOf(id, page));
  }

  private early(req: Request, viewer: Viewer): EarlyRead<ThreadPageRead> | null {
    const id = PATH.exec(req.path)?.[1];
    if (id === undefined || !isId(id) || mayModerate(viewer)) return null;
    const page = textQuery(req, 'page') ?? '1';
    if (!PAGE.test(page)) return null;
    return { key: keyOf(id, Number(page)), result: this.page(viewer, id, Number(page)) };
  }
}

function keyOf(id: string, page: number): string {
  return `thread ${id} ${page}`;
}
