import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../kernel/config.js';
import { Clock } from '../kernel/clock.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import type { PageFacts } from '../rendering/templates.js';
import { cookieName, dropCookie, readCookie, SHARED_COOKIE } from './cookies.js';
import { mailLanguage, pageLanguage, wishedLanguages } from './reader-language.js';
import { csrfToken } from './csrf.js';
import type { PageOptions } from './page.js';
import type { PlacedNotice } from './placed-notice.js';

type LayoutSource = (req: Request, locale: string) => Record<string, unknown>;

interface Display {
  scheme: 'auto' | 'light' | 'dark' | 'contrast';
  text: 'normal' | 'large' | 'larger';
  spacing: 'normal' | 'wide';
  calm: boolean;
  /** Whether pressing Shift three times leaves no page. */
  shiftOff: boolean;
  /** Whether j, k and o are shortcuts on moderators' pages. */
  keys: boolean;
}

const RTL = new Set(['ar', 'he', 'fa', 'ur']);
export const DISPLAY_COOKIE = 'display';
export const NOTICE_COOKIE = 'notice';

/**
 * `scheme.text.spacing.calm.shift.keys`, kept in a cookie so that it works without an account and
 * without script. Older cookies lack the last two.
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

/** The colour around the page, as `--paper` in 01-tokens.css, for browsers that paint their bars. */
export const PAPER = { light: '#f6f0e3', dark: '#11191f', contrast: '#ffffff' } as const;

function themeColours(scheme: Display['scheme']): ThemeColour[] {
  if (scheme !== 'auto') return [{ colour: PAPER[scheme] }];
  return (['light', 'dark'] as const).map((each) => ({
    colour: PAPER[each],
    media: `(prefers-color-scheme: ${each})`,
  }));
}

/** Gathers what the layout shows around every page. Features add what they know through `add`. */
@Injectable()
export class Layout {
  private readonly sources: LayoutSource[] = [];
  private readonly kept: (() => string)[] = [];

  constructor(
    private readonly config: Config,
    private readonly messages: Messages,
    private readonly clock: Clock,
  ) {}

  add(source: LayoutSource): void {
    this.sources.push(source);
  }

  /**
   * For a source that shows what this process keeps in memory, whoever reads.
   * @param state another text whenever it shows something else
   */
  addKept(state: () => string): void {
    this.kept.push(state);
  }

  /** What of this process stands around every page: the same text while that is the same. */
  surroundings(): string {
    return this.kept.map((state) => state()).join(' ');
  }

  /**
   * The language of a page: the first that the reader wishes in which all of it is there.
   * @param page an address, or the template of an error page
   * @param keys of messages that the page shows beside its own
   */
  localeOf(req: Request, page = req.path, keys: readonly string[] = []): string {
    const notice = this.noticeCookie(req)?.key;
    const shown = notice === undefined ? keys : [...keys, notice];
    return pageLanguage(wishedLanguages(req, this.config), this.messages, page, shown);
  }

  /** The language for emails to somebody who signs up; null where the browser names none. */
  mailLocaleOf(req: Request): string | null {
    return mailLanguage(wishedLanguages(req, this.config), this.messages);
  }

  /** Whether others use the device too, as the session says or the last one in this browser said. */
  isSharedDevice(req: Request): boolean {
    return (
      req.viewer?.sharedDevice ??
      readCookie(req, cookieName(this.config, SHARED_COOKIE)) !== undefined
    );
  }

  /** @param page where it is not the address that was asked for: the template of an error page */
  wordsFor(req: Request, page?: string, keys?: readonly string[]): Translator {
    return new Translator(
      this.messages,
      this.localeOf(req, page, keys),
      this.clock.now(),
      req.viewer?.timeZone ?? undefined,
    );
  }

  /** `@page` of the templates. Reading `csrf` makes the token, and for a guest its cookie. */
  facts(req: Request, res: Response, options: PageOptions): PageFacts & PlacedNotice {
    const locale = req.i18n?.locale ?? this.localeOf(req);
    const { config } = this;
    let csrf: string | undefined;
    const site = this.messages.text(locale, 'layout.site');
    const own =
      options.titleKey === undefined
        ? options.title
        : this.messages.text(locale, options.titleKey, options.titleParams);
    // Whoever else uses the device reads tabs and the history.
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
      ...this.notice(req, res, locale),
      themeColours: themeColours(display.scheme),
      year: this.clock.now().getUTCFullYear(),
      get csrf(): string {
        return (csrf ??= csrfToken(req, res, config));
      },
    };
    // Not Object.assign of facts onto something else: that would read the getter and set a cookie
    // on every page.
    for (const source of this.sources) Object.assign(facts, source(req, locale));
    return facts;
  }

  /**
   * The confirmation of what was done last, as `key` or `key@place`: with a place it stands at the
   * part of the page that has this id, where the action was.
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
