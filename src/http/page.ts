import type { PageScope } from './page-changes.js';

/**
 * What a controller answers: a template with its view, put into the layout by the page interceptor.
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
  /** Message key of the page's title, or words already made (a community's name). */
  titleKey?: string;
  titleParams?: Record<string, string | number>;
  title?: string;
  /** Only pages that search engines may list say so; every other one is noindex. */
  indexable?: boolean;
  /** Seconds that a shared cache may keep it; only where nothing on it is personal. */
  publicFor?: number;
  /**
   * Of a `PublicPage`, what a guest's was made of: the scopes whose changes may change it; none
   * where it is made without the database. Without it the page is never kept in memory.
   */
  madeOf?: readonly PageScope[];
  /**
   * Whether `Translator.changesAt` was told of every moment at which the page says something else.
   * Without it, the page is kept until the next minute.
   */
  timed?: boolean;
  /** Sent as the canonical address. */
  canonical?: string;
  /** The address of a feed of what the page shows. */
  feed?: string;
  /** A skip link of the page's own, to what most people come to do on it. */
  skip?: { href: string; key: string };
  headers?: Record<string, string>;
  layout?: string;
}

export function page(template: string, view: object, options: PageOptions = {}): Page {
  return new Page(template, view, options);
}

/** 303: see what came of the form. */
export class SeeOther {
  constructor(
    readonly location: string,
    /**
     * Message key of the one quiet line on the next page. It stands at the anchor of the location,
     * or on top of the page where the location has none.
     */
    readonly notice?: string,
  ) {}
}

export function seeOther(location: string, notice?: string): SeeOther {
  return new SeeOther(location, notice);
}

/** A path that leads on to another one. @param back left out where it is the start page */
export function withNext(path: string, back: string): string {
  return back === '/' ? path : `${path}?next=${encodeURIComponent(back)}`;
}

/** Only addresses on this site: a path that starts with one slash. */
export function localPath(path: unknown, otherwise = '/'): string {
  if (typeof path !== 'string' || path.length > 500) return otherwise;
  return /^\/(?![/\\])[!-[\]-~]*$/.test(path) ? path : otherwise;
}
