import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MINUTE } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import type { PageHtml } from '../rendering/page-html.js';
import { Templates } from '../rendering/templates.js';
import { setCookie } from './cookies.js';
import { cacheCandidateOf } from './page-candidate.js';
import { compressAnswers, sendHtml } from './page-compression.js';
import { Layout, NOTICE_COOKIE } from './layout.js';
import { Page, SeeOther, localPath, type PageOptions } from './page.js';
import { placeNotice } from './placed-notice.js';

/** Days and hours start on a quarter of an hour in UTC, in every time zone. */
const QUARTER = 15 * MINUTE;

/** The start of the next minute or quarter of an hour. */
function nextOf(span: number, now: number): number {
  return (Math.floor(now / span) + 1) * span;
}

/** The part of Nest's adapter that sends what a controller returned. */
interface Replies {
  reply(res: Response, answer: unknown, status?: number): unknown;
}

/**
 * Sends what controllers return: a page as HTML, a redirect, anything else as Nest does. It takes
 * the place of the adapter's `reply`, because an interceptor costs each request several
 * observables: a quarter of the time of a static page.
 */
@Injectable()
export class PageSender {
  private readonly compress = compressAnswers();

  constructor(
    private readonly layout: Layout,
    private readonly templates: Templates,
    private readonly config: Config,
  ) {}

  /** Makes the application send its controllers' results through this service. */
  attachTo(adapter: Replies): void {
    const reply = adapter.reply.bind(adapter);
    adapter.reply = (res, answer, status) => {
      const { req } = res;
      if (answer instanceof Page) return this.send(req, res, answer);
      if (answer instanceof SeeOther) return reply(res, this.redirect(res, answer));
      let sent: unknown;
      this.compress(req, res, () => (sent = reply(res, answer, status)));
      return sent;
    };
  }

  /** @returns a promise if the page is so long that it is compressed on another thread */
  send(req: Request, res: Response, page: Page): void | Promise<void> {
    return sendHtml(req, res, this.html(req, res, page));
  }

  private html(req: Request, res: Response, page: Page): PageHtml {
    const { options } = page;
    const facts = this.layout.facts(req, res, options);
    const rendered = this.templates.page(page.template, page.view, facts, options.layout);
    const html =
      facts.notice === null ? rendered : placeNotice(rendered, facts.noticeAt, facts.notice);
    res.status(options.status ?? (res.statusCode === 201 ? 200 : res.statusCode));
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.setHeader('Content-Language', facts.locale);
    const shared =
      options.publicFor !== undefined &&
      (req.viewer ?? null) === null &&
      !res.hasHeader('Set-Cookie');
    res.setHeader('Cache-Control', shared ? sharedCaching(options) : 'private, no-store');
    if (shared) res.setHeader('Vary', 'Cookie, Accept-Language');
    if (options.indexable !== true) res.setHeader('X-Robots-Tag', 'noindex');
    for (const [name, value] of Object.entries(options.headers ?? {})) res.setHeader(name, value);
    this.letKeep(req, res, page);
    return html;
  }

  private letKeep(req: Request, res: Response, { options }: Page): void {
    const candidate = cacheCandidateOf(res);
    if (candidate === undefined || options.madeOf === undefined || res.statusCode !== 200) return;
    if ((req.viewer ?? null) !== null) return;
    // Uses the time at which the page's own texts were generated.
    const { now, trueUntil } = req.i18n ?? { now: new Date(0), trueUntil: 0 };
    const span = options.timed === true ? QUARTER : MINUTE;
    const until = Math.min(nextOf(span, now.getTime()), trueUntil);
    candidate.keep({ of: options.madeOf, until });
  }

  private redirect(res: Response, answer: SeeOther): string {
    const anchor = /#[\w-]+$/.exec(answer.location)?.[0] ?? '';
    if (answer.notice !== undefined) {
      const notice = answer.notice + anchor.replace('#', '@');
      setCookie(res, this.config, NOTICE_COOKIE, notice, { session: true });
    }
    res
      .status(303)
      .setHeader('Location', localPath(answer.location.replace(/#.*$/, ''), '/') + anchor);
    res.setHeader('Cache-Control', 'private, no-store');
    return '';
  }
}

function sharedCaching({ publicFor = 0, browserFor }: PageOptions): string {
  return browserFor === undefined
    ? `public, max-age=${publicFor}`
    : `public, max-age=${browserFor}, s-maxage=${publicFor}`;
}
