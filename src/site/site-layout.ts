import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import { avatarSvg } from '../accounts/avatar.js';
import { Layout } from '../http/layout.js';
import { Config } from '../kernel/config.js';
import { SiteSettings } from '../http/site-settings.js';
import { Messages } from '../i18n/messages.js';
import { countryName } from '../kernel/countries.js';
import { emergencyNumbers, MOBILE_EMERGENCY } from '../helplines/emergency-numbers.js';
import { HelplineStore } from '../helplines/helpline-store.js';
import {
  emergencyContacts,
  helplinesOf,
  helplinesRevision,
  displayedHelplines,
  type EmergencyContacts,
  type DisplayedHelpline,
} from '../helplines/helplines.js';
import { readerCountry, type ReaderCountry } from '../http/reader-country.js';

interface NavLink {
  href: string;
  label: string;
  current: boolean;
  /** The member's own pages, in the submenu of the link. */
  own?: readonly Omit<NavLink, 'own' | 'unread'>[];
  /** Shows the number of unread notifications, kept up to date by a script. */
  unread?: boolean;
}

interface FooterView {
  country: string;
  lines: readonly (DisplayedHelpline | { name: string; phone: string; tel: string })[];
  first: { emergency: EmergencyContacts['emergency']; lines: DisplayedHelpline[] };
  mobile: string;
  /** Whether the country is only a guess from the browser's language. */
  guessed: boolean;
  speaksOf: string;
}

interface ViewerFacts {
  handle: string;
  isModerator: boolean;
  isAdmin: boolean;
  avatar: string;
}

/** Lines in the footer beside the emergency number: one to call, one to text. */
const FOOTER_LINES = 2;

/** Entries of the account menu: all of a member's own pages. */
const OWN = [
  ['/mine', 'own.posts'],
  ['/toolkit', 'own.toolkit'],
  ['/feed', 'own.feed'],
  ['/reports', 'own.reports'],
  ['/standing', 'own.standing'],
  ['/settings/profile', 'own.settings'],
  ['/settings/data', 'own.data'],
  ['/display', 'own.display'],
] as const;

/** Builds the header and footer shared by every page. */
@Injectable()
export class SiteLayout implements OnModuleInit {
  private readonly footers = new Map<string, FooterView>();
  /** The revision of the helplines from which the cached footers were built. */
  private revision = -1;

  constructor(
    private readonly layout: Layout,
    private readonly messages: Messages,
    private readonly config: Config,
    private readonly settings: SiteSettings,
    private readonly helplines: HelplineStore,
  ) {}

  onModuleInit(): void {
    this.layout.addKept(() => {
      this.helplines.keepFresh();
      return `${helplinesRevision()} ${this.settings.current.announcement}`;
    });
    this.layout.add((req, locale) => ({
      viewer: viewerFacts(req),
      nav: this.nav(req, locale),
      helplines: this.footer(locale, readerCountry(req, this.config)),
      announcement: this.settings.current.announcement,
      closing: this.closing(req, locale),
      neutralTitle: this.messages.text(locale, 'layout.leave.leaving'),
    }));
  }

  /** When the site closes, and from when it is read-only. */
  private closing(req: Request, locale: string): string | null {
    const planned = this.settings.siteClosing;
    if (planned === null || planned.wiped) return null;
    const i18n = req.i18n ?? this.layout.wordsFor(req);
    const stage = this.settings.isReadOnly ? 'readOnly' : 'planned';
    return this.messages.text(locale, `layout.closing.${stage}`, {
      readOnly: i18n.calendarDay(planned.readOnlyAt),
      wipe: i18n.calendarDay(planned.wipeAt),
    });
  }

  private nav(req: Request, locale: string): NavLink[] {
    const viewer = req.viewer ?? null;
    const link = (href: string, key: string, params?: Record<string, number>): NavLink => ({
      href,
      label: this.messages.text(locale, `layout.nav.${key}`, params),
      current: req.path === href || (href !== '/' && req.path.startsWith(`${href}/`)),
    });
    const communities = link('/communities', 'communities');
    const strategies = link('/strategies', 'strategies');
    const search = link('/search', 'search');
    if (viewer === null)
      return [communities, strategies, search, link('/login', 'logIn'), link('/signup', 'signUp')];
    return [
      communities,
      strategies,
      link('/toolkit', 'toolkit'),
      search,
      ...(viewer.moderates ? [link('/mod', 'moderation')] : []),
      ...(viewer.role === 'admin' ? [link('/admin', 'administration')] : []),
      { ...link('/notifications', 'inboxNew', { count: viewer.unread }), unread: true },
      { ...link('/settings/profile', 'account'), own: OWN.map(([href, key]) => link(href, key)) },
    ];
  }

  /** Local helplines for the footer, cached by language and country. */
  private footer(locale: string, { code, by }: ReaderCountry): FooterView {
    this.helplines.keepFresh();
    const revision = helplinesRevision();
    if (revision !== this.revision) this.footers.clear();
    this.revision = revision;
    const key = `${locale} ${code} ${by}`;
    let footer = this.footers.get(key);
    if (footer === undefined) {
      const country = countryName(locale, code);
      const words = {
        locale,
        phrase: (names: string, text: string) => this.messages.phrase(locale, names, text),
      };
      const { emergency: number, lines: nearest } = emergencyContacts(code);
      const first = { emergency: number, lines: displayedHelplines(nearest, words) };
      const callable = helplinesOf(code).filter((line) => line.phone !== null || line.sms !== null);
      const near = displayedHelplines(callable.slice(0, FOOTER_LINES), words);
      const emergency = emergencyNumbers(code)
        .slice(0, 1)
        .map(({ service, phone, tel }) => ({
          name: this.messages.text(locale, `layout.emergency.${service}`),
          phone,
          tel,
        }));
      const lines = [...emergency, ...(near.length > 0 ? near : first.lines)];
      footer = {
        country,
        lines,
        first,
        mobile: MOBILE_EMERGENCY,
        guessed: by === 'language',
        speaksOf: this.messages.text(locale, `layout.country.${by}`, { country }),
      };
      this.footers.set(key, footer);
    }
    return footer;
  }
}

function viewerFacts(req: Request): ViewerFacts | null {
  const viewer = req.viewer ?? null;
  if (viewer === null) return null;
  return {
    handle: viewer.handle,
    isModerator: viewer.role !== 'member',
    isAdmin: viewer.role === 'admin',
    avatar: avatarSvg(viewer.avatarSeed),
  };
}
