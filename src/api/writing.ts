import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Values } from '../http/form.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { AppError } from '../kernel/errors.js';
import type { PostedPost } from '../posting/post-writer.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { ReviewNeeded } from '../posts/disclosure-review.js';
import { disclosureReviewView } from '../posts/disclosure-review.view.js';
import { Help } from './help.js';
import type { PostedJson } from './post.model.js';
import { PostReader } from './post-reader.js';

/**
 * Reads the `Idempotency-Key` header as the forms' key: a repeated request with the same key has no
 * further effect.
 */
export function readIdempotencyKey(req: Request): Values {
  const sent = req.headers['idempotency-key'];
  const key = typeof sent === 'string' ? sent.trim().replace(/^"(.*)"$/, '$1') : '';
  return { idempotencyKey: key };
}

/** The stored fields of a new post. */
type Written = Pick<PostedPost, 'threadId' | 'number'> & Partial<PostedPost> & { held: boolean };

/** Builds the response to a written text, whether it was accepted or rejected. */
@Injectable()
export class PostResponses {
  constructor(
    private readonly posts: PostReader,
    private readonly cards: AuthorCards,
    private readonly help: Help,
  ) {}

  /**
   * Runs `write`, and responds with the post as its author sees it. If it fails, the error still
   * includes help if the text suggests danger, and the findings of a review.
   * @param body as sent
   * @throws whatever `write` throws; a review as status 422
   */
  async post(
    req: Request,
    i18n: Translator,
    viewer: Viewer,
    body: unknown,
    write: () => Written | Promise<Written>,
  ): Promise<PostedJson> {
    try {
      const written = await write();
      const post = await this.posts.one(req, i18n, viewer, written);
      const help = post.help ?? (written.needsHelp === true ? this.help.ofDanger(req, i18n) : null);
      return { held: written.held, again: written.again ?? false, help, post };
    } catch (error) {
      if (this.namesDanger(body)) req.problem = { help: this.help.ofDanger(req, i18n) };
      if (!(error instanceof ReviewNeeded)) throw error;
      req.problem = { ...req.problem, review: reviewOf(error, i18n) };
      throw new AppError(422, 'apps.api.review');
    }
  }

  private namesDanger(body: unknown): boolean {
    if (typeof body !== 'object' || body === null) return false;
    const { title, body: words, summary } = body as Record<string, unknown>;
    const texts = Object.entries({ title, body: words, summary }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return this.cards.namesDanger(Object.fromEntries(texts));
  }
}

/** The personal details found in a text, and the text without them. */
function reviewOf({ review }: ReviewNeeded, i18n: Translator): object | null {
  if (review.disclosure === null) return null;
  const place = { action: '', change: '' };
  const view = disclosureReviewView(i18n, review.disclosure, {}, place);
  if (view === null) return null;
  const valueOf = (fields: typeof view.edited, name: string): string =>
    fields.find((field) => field.name === name)?.value ?? '';
  return {
    found: view.seen.map(({ what, why, words }) => ({ what, why, words })),
    edited: Object.fromEntries(
      ['title', 'body', 'summary', 'detailsSeen'].map((name) => [name, valueOf(view.edited, name)]),
    ),
    detailsSeen: valueOf(view.asIs, 'detailsSeen'),
  };
}
