import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../kernel/config.js';
import { Clock } from '../kernel/clock.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import type { PageFacts } from '../rendering/templates.js';
import { cookieName, dropCookie, readCookie, SHARED_COOKIE } from './cookies.js';
import { mailLanguage, pageLanguage, preferredLanguages } from './reader-language.js';
import { csrfToken } from './csrf.js';
import type { PageOptions } from './page.js';
import type { PlacedNotice } from './placed-notice.js';

type LayoutSource = (req: Request, locale: string) => Record<string, unknown>;

interface Display {
  scheme: 'auto' | 'light' | 'dark' | 'contrast';
  text: 'normal' | 'large' | 'larger';
  spacing: 'normal' | 'wide';
  calm: boolean;
  /** Whether pressing Shift three times does not leave the page. */
  shiftOff: boolean;
  /** Whether j, k and o are shortcuts on moderators' pages. */
  keys: boolean;
}

const RTL = new Set(['ar', 'he', 'fa', 'ur']);
export const DISPLAY_COOKIE = 'display';
export const NOTICE_COOKIE = 'notice';

/**
 * Parses `scheme.text.spacing.calm.shift.keys`. The settings are in a cookie so that they work
 * without an account and without scripts. Older cookies lack the last two.
 */
export function displayOf(cookie: string | undefined): Display {
  const [scheme, text, spacing, calm, shift, keys] = (cookie ?? '').split('.');
  return {
    scheme: (['light', 'dark', 'contrast'] as const).find((known) => known === scheme) ?? 'auto',
    text: (['large', 'larger'] as const).find((known) => known === text) ?? 'normal',
    spacing: spacing === 'wide' ? 'wide' : 'normal',
    calm: calm === 'calm',
    shiftOff: shift === 'off',
    keys: keys === 'keys',
  };
}

export function displayCookie(display: Display): string {
  return [
    display.scheme,
    display.text,
    display.spacing,
    display.calm ? 'calm' : 'plain',
    display.shiftOff ? 'off' : 'shift',
    display.keys ? 'keys' : 'none',
  ].join('.');
}

interface ThemeColour {
  colour: string;
  media?: string;
}

/** Background colours, as `--paper` in 01-tokens.css, for browsers that colour their toolbars. */
export const PAGE_COLOURS = { light: '#f6f0e3', dark: '#11191f', contrast: '#ffffff' } as const;

function themeColours(scheme: Display['scheme']): ThemeColour[] {
  if (scheme !== 'auto') return [{ colour: PAGE_COLOURS[scheme] }];
  return (['light', 'dark'] as const).map((each) => ({
    colour: PAGE_COLOURS[each],
    media: `(prefers-color-scheme: ${each})`,
  }));
}

/** Collects what the layout shows around every page. Features register their data with `add`. */
@Injectable()
export class Layout {
  private readonly sources: LayoutSource[] = [];
  private readonly cachedStates: (() => string)[] = [];

  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly clock: Clock,
  ) {}

  add(source: LayoutSource): void {
    this.sources.push(source);
  }

  /**
   * Registers a source whose content is the same for every reader and cached in this process.
   * @param state returns a different text whenever the content changes
   */
  addKept(state: () => string): void {
    this.cachedStates.push(state);
  }

  /** Version of the cached content around every page: it changes whenever that content does. */
  surroundings(): string {
    return this.cachedStates.map((state) => state()).join(' ');
  }

  /**
   * The language of a page: the reader's most preferred language that covers the whole page.
   * @param page URL path, or the template of an error page
   * @param keys of messages that the page shows in addition to its own
   */
  localeOf(req: Request, page = req.path, keys: readonly string[] = []): string {
    const notice = this.noticeCookie(req)?.key;
    const shown = notice === undefined ? keys : [...keys, notice];
    return pageLanguage(preferredLanguages(req, this.config), this.messages, page, shown);
  }

  /** The language of emails to someone who signs up; null if the browser names none. */
  mailLocaleOf(req: Request): string | null {
    return mailLanguage(preferredLanguages(req, this.config), this.messages);
  }

  /**
   * Whether other people use the device too, according to the session or the last one in this
   * browser.
   */
  isSharedDevice(req: Request): boolean {
    return (
      req.viewer?.sharedDevice ??
      readCookie(req, cookieName(this.config, SHARED_COOKIE)) !== undefined
    );
  }

  /** @param page the template of an error page, if different from the request path */
  wordsFor(req: Request, page?: string, keys?: readonly string[]): Translator {
    return new Translator(
      this.messages,
      this.localeOf(req, page, keys),
      this.clock.now(),
      req.viewer?.timeZone ?? undefined,
    );
  }

  /**
   * Builds `@page` of the templates, which call `csrf` only for a form: it creates the token and,
   * for a guest, its cookie. It is no getter, because V8 allocates a getter's function in the old
   * generation, where it keeps its request alive until the next full collection:
   * findings/v8-assigned-functions-outlive-young-collections.sh
   */
  facts(req: Request, res: Response, options: PageOptions): PageFacts & PlacedNotice {
    const locale = req.i18n?.locale ?? this.localeOf(req);
    const { config } = this;
    let csrf: string | undefined;
    const site = this.messages.text(locale, 'layout.site');
    const own =
      options.titleKey === undefined
        ? options.title
        : this.messages.text(locale, options.titleKey, options.titleParams);
    // Other users of a shared device can read tabs and the history.
    const neutral = this.isSharedDevice(req)
      ? this.messages.text(locale, 'layout.neutral-title')
      : null;
    const display = displayOf(readCookie(req, cookieName(config, DISPLAY_COOKIE)));
    const facts: PageFacts & PlacedNotice = {
      locale,
      dir: RTL.has(locale) ? 'rtl' : 'ltr',
      title: neutral ?? (own === undefined ? site : `${own} – ${site}`),
      icon: neutral === null ? 'favicon.svg' : 'plain.svg',
      touchIcon: neutral === null ? 'icon-192.png' : 'plain-192.png',
      manifest: neutral === null ? '/site.webmanifest' : '/plain.webmanifest',
      path: req.originalUrl,
      indexable: options.indexable === true,
      canonical:
        options.indexable === true && options.canonical !== undefined
          ? `${config.baseUrl}${options.canonical}`
          : undefined,
      feed: options.feed,
      viewer: null,
      unread: req.viewer?.unread ?? 0,
      skip:
        options.skip === undefined
          ? null
          : { href: options.skip.href, label: this.messages.text(locale, options.skip.key) },
      display,
      focused: options.focused === true,
      helpFirst: options.helpFirst === true,
      ...this.notice(req, res, locale),
      themeColours: themeColours(display.scheme),
      year: this.clock.now().getUTCFullYear(),
      csrf: () => (csrf ??= csrfToken(req, res, config)),
    };
    for (const source of this.sources) Object.assign(facts, source(req, locale));
    return facts;
  }

  /**
   * The confirmation of the last action, from a cookie with `key` or `key@place`. With a place it
   * is shown inside the element with that id, where the action took place.
   */
  private notice(req: Request, res: Response, locale: string): PlacedNotice {
    const { key, place } = this.noticeCookie(req) ?? {};
    if (key === undefined) return { notice: null, noticeAt: null };
    dropCookie(res, this.config, NOTICE_COOKIE);
    return {
      notice: this.messages.has(key) ? this.messages.text(locale, key) : null,
      noticeAt: place !== undefined && /^[\w-]{1,60}$/.test(place) ? place : null,
    };
  }

  private noticeCookie(req: Request): { key: string; place: string | undefined } | undefined {
    const cookie = readCookie(req, cookieName(this.config, NOTICE_COOKIE));
    if (cookie === undefined) return undefined;
    const [key = '', place] = cookie.split('@');
    return { key, place };
  }
}
