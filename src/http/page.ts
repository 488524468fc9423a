import type { PageScope } from './page-changes.js';

/**
 * A controller's result: a template with its view, which `PageSender` renders into the
 * layout.
 */
export class Page {
  constructor(
    readonly template: string,
    readonly view: object,
    readonly options: PageOptions = {},
  ) {}
}

export interface PageOptions {
  status?: number;
  /** Message key of the page's title, or the title itself (such as a community's name). */
  titleKey?: string;
  titleParams?: Record<string, string | number>;
  title?: string;
  /** Whether search engines may index the page; noindex otherwise. */
  indexable?: boolean;
  /** Seconds that a shared cache may store it; only for pages without personal content. */
  publicFor?: number;
  /**
   * Seconds that the reader's own browser may store such a page, if longer: it can then be opened
   * without a connection.
   */
  browserFor?: number;
  /**
   * For a `PublicPage`: the scopes whose changes may change a guest's page, empty if it does not
   * use the database. If omitted, the page is never cached in memory.
   */
  madeOf?: readonly PageScope[];
  /**
   * Whether `Translator.changesAt` was told every time at which the content changes. Otherwise the
   * page is cached until the next minute.
   */
  timed?: boolean;
  /** Sent as the canonical URL. */
  canonical?: string;
  /** The URL of a feed of the page's content. */
  feed?: string;
  /** Whether the page shows one thing at a time: no menu, and the footer below the first screen. */
  focused?: boolean;
  /** Whether it shows help to somebody who may be in danger: site-wide notices are below it. */
  helpFirst?: boolean;
  /** An additional skip link, to what most people come to the page for. */
  skip?: { href: string; key: string };
  headers?: Record<string, string>;
  layout?: string;
}

export function page(template: string, view: object, options: PageOptions = {}): Page {
  return new Page(template, view, options);
}

/** Redirects with 303 after a form was processed. */
export class SeeOther {
  constructor(
    readonly location: string,
    /**
     * Message key of a confirmation on the next page. It is shown at the anchor of the location, or
     * at the top of the page if the location has none.
     */
    readonly notice?: string,
  ) {}
}

export function seeOther(location: string, notice?: string): SeeOther {
  return new SeeOther(location, notice);
}

/**
 * Adds `next` to a path, to return there afterwards.
 * @param back omitted if it is the start page
 */
export function withNext(path: string, back: string): string {
  return back === '/' ? path : `${path}?next=${encodeURIComponent(back)}`;
}

/**
 * Accepts only paths on this site, that is, with exactly one leading slash; prevents open
 * redirects.
 */
export function localPath(path: unknown, otherwise = '/'): string {
  if (typeof path !== 'string' || path.length > 500) return otherwise;
  return /^\/(?![/\\])[!-[\]-~]*$/.test(path) ? path : otherwise;
}
