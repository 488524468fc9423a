import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { NotFound } from '../kernel/errors.js';
import { PAGE_SIZE, pageNumberOf } from '../posts/post-address.js';
import { PostHistory } from '../posts/post-history.service.js';
import { postView, type PostRow, type PostView } from '../posts/post.view.js';
import { ThreadPage, type ReadThread } from '../threads/thread-page.js';
import { Help } from './help.js';
import type { HelpJson } from './help.model.js';
import type { FoldJson, PostJson, PostPageJson } from './post.model.js';

type Reader = ReadThread['reader'];

/** The source text of a post, and its version. */
interface OwnText {
  body: string;
  version: number;
}

/**
 * Posts as JSON, built from the view of the thread's page by the same rules: they contain nothing
 * that the reader would not see there.
 */
@Injectable()
export class PostReader {
  constructor(
    private readonly threads: ThreadPage,
    private readonly history: PostHistory,
    private readonly help: Help,
  ) {}

  /** @param page 1-based @throws NotFound if the viewer may not see the thread */
  async page(
    req: Request,
    i18n: Translator,
    viewer: MaybeViewer,
    threadId: string,
    page: number,
  ): Promise<PostPageJson> {
    const read = await this.threads.read(viewer, threadId, page);
    const isLast = page >= pageNumberOf(read.thread.lastNumber);
    return {
      items: await this.json(req, i18n, viewer, read, read.posts),
      next: isLast ? null : String(page * PAGE_SIZE),
    };
  }

  /** One post, even if the reader's own filters hide it in the thread. */
  async one(
    req: Request,
    i18n: Translator,
    viewer: MaybeViewer,
    { threadId, number }: { threadId: string; number: number },
  ): Promise<PostJson> {
    const read = await this.threads.read(viewer, threadId, pageNumberOf(number), number);
    const rows = read.posts.filter((row) => row.number === number);
    const [post] = await this.json(req, i18n, viewer, read, rows);
    if (post === undefined) throw new NotFound();
    return post;
  }

  private async json(
    req: Request,
    i18n: Translator,
    viewer: MaybeViewer,
    { reader }: ReadThread,
    rows: readonly PostRow[],
  ): Promise<PostJson[]> {
    const own = viewer === null ? new Map<string, OwnText>() : await this.ownTexts(viewer, rows);
    return rows.map((row) => {
      const view = postView(row, reader, i18n);
      const help = this.helpBeside(req, i18n, view);
      return view.gone === null
        ? postJson(row, view, reader, i18n, own.get(row.id), help)
        : goneJson(row, view, help);
    });
  }

  private async ownTexts(viewer: Viewer, rows: readonly PostRow[]): Promise<Map<string, OwnText>> {
    const ids = rows.filter(({ mine }) => mine).map(({ id }) => id);
    const texts = ids.length === 0 ? [] : await this.history.ownTexts(viewer, ids);
    return new Map(texts.map(({ id, ...text }) => [id, text]));
  }

  private helpBeside(req: Request, i18n: Translator, view: PostView): HelpJson | null {
    if (view.care !== null) return this.help.ofCard(req, i18n, view.care, view);
    return view.held === null ? null : this.help.ofWorry(req, i18n);
  }
}

function postJson(
  row: PostRow,
  view: PostView,
  reader: Reader,
  i18n: Translator,
  own: OwnText | undefined,
  help: HelpJson | null,
): PostJson {
  const fold = foldOf(row, view, i18n);
  const isKept = view.filtered !== null || row.blocked;
  return {
    id: row.id,
    threadId: reader.threadId,
    number: row.number,
    gone: null,
    filtered: view.filtered?.text ?? null,
    fold,
    author: {
      name: view.author.name,
      alias: view.author.alias,
      role: view.author.alias ? null : (view.author.badge?.kind ?? null),
    },
    opener: row.opener,
    mine: row.mine,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    replyTo: row.replyTo,
    contentWarnings: isKept ? [] : [...new Set([...row.contentWarnings, ...row.addedNotes])],
    summary: fold?.reason === 'content-notes' ? view.summary : '',
    bodyHtml: view.bodyHtml,
    body: own?.body ?? null,
    version: own?.version ?? null,
    quotes: view.quotes.map((quote) => ({
      number: quote.number,
      who: quote.who,
      omitted: quote.omitted,
      fold: quote.fold,
      bodyHtml: quote.bodyHtml,
    })),
    reactions: view.reactionCounts,
    given: row.reacted ?? [],
    strategies: view.strategies === null ? [] : (row.strategies ?? []),
    held:
      view.held === null
        ? null
        : {
            why: view.held.why,
            until: view.held.until === null ? null : (row.heldUntil?.toISOString() ?? null),
            wait: view.held.wait,
          },
    help,
    may: {
      reply: view.actions.reply !== null,
      edit: view.actions.edit !== null,
      withdraw: view.actions.takeBack !== null,
      react: view.withYou !== null,
      report: view.actions.report !== null,
    },
  };
}

/** Only the fact that there was a post, as on the page. */
function goneJson(row: PostRow, view: PostView, help: HelpJson | null): PostJson {
  const no = { reply: false, edit: false, withdraw: false, react: false, report: false };
  return {
    id: row.id,
    threadId: view.threadId,
    number: row.number,
    gone: view.gone,
    filtered: null,
    fold: null,
    author: null,
    opener: false,
    mine: row.mine,
    createdAt: null,
    editedAt: null,
    replyTo: null,
    contentWarnings: [],
    summary: '',
    bodyHtml: '',
    body: null,
    version: null,
    quotes: [],
    reactions: [],
    given: [],
    strategies: [],
    held: null,
    help,
    may: no,
  };
}

function foldOf(row: PostRow, view: PostView, i18n: Translator): FoldJson | null {
  if (view.filtered !== null) return null;
  if (view.folded !== null)
    return { reason: row.blocked ? 'blocked' : 'careful', text: view.folded };
  return view.notes === null
    ? null
    : { reason: 'content-notes', text: i18n.t('posts.about', { notes: view.notes }) };
}
