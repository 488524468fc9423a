import { beforeEach, describe, expect, it } from '@jest/globals';
import { viewer } from '../../test/support/viewers.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { Assets } from '../rendering/assets.js';
import { TOKEN_MARK } from '../rendering/page-fragment.js';
import { Templates, type PageFacts } from '../rendering/templates.js';
import { randomFor } from '../seed/random.js';
import type { Reader } from './post-actions.view.js';
import { PostFragments } from './post-fragments.js';
import { postView, type PostRow } from './post.view.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const TOKEN = (): string => 'the-token';
const WISH = 'Other people’s experiences';
const messages = new Messages();
const templates = new Templates(messages, new Assets());

const row = (changes: Partial<PostRow> = {}): PostRow => ({
  id: '12',
  number: 2,
  bodyHtml: '<p>Some words.</p>',
  contentWarnings: [],
  summary: '',
  ending: '',
  language: null,
  status: 'published',
  createdAt: new Date('2026-11-20T08:00:00Z'),
  editedAt: null,
  replyTo: null,
  quotes: false,
  hasStrategies: false,
  sameBoat: 0,
  withYou: 0,
  thankYou: 0,
  helped: 0,
  mine: false,
  cared: false,
  opener: false,
  isUpdate: false,
  blocked: false,
  unwanted: false,
  notesOpen: false,
  reacted: null,
  tier: 'none',
  heldFor: null,
  heldAt: null,
  heldUntil: null,
  folded: false,
  membersOnly: false,
  addedNotes: [],
  suggestedNotes: [],
  strategies: null,
  strategyAsked: false,
  aliasName: null,
  aliasSeed: null,
  handle: 'kim',
  avatarSeed: 'a',
  role: 'member',
  ...changes,
});

const reader = (changes: Partial<Reader> = {}): Reader => ({
  threadId: '7',
  viewer: null,
  now: NOW,
  mayWrite: false,
  member: false,
  moderates: false,
  archived: false,
  page: 1,
  quoting: [],
  quotes: [],
  show: undefined,
  cards: null,
  ...changes,
});
const MEMBER = { viewer: viewer(), mayWrite: true, member: true };

describe('PostFragments', () => {
  let fragments: PostFragments;
  beforeEach(() => {
    fragments = new PostFragments(templates);
  });

  const shown = (
    post: PostRow,
    who: Reader,
    { locale = 'en', zone = 'Europe/London', now = NOW, csrf = TOKEN, wish = WISH } = {},
  ): string => {
    const view = fragments.forReader(who, wish, new Translator(messages, locale, now, zone))(post);
    const page: PageFacts = { locale, csrf };
    return templates.render('in-thread', { posts: [view], need: { wish } }, page);
  };
  const anew = (
    post: PostRow,
    who: Reader,
    { locale = 'en', zone = 'Europe/London', now = NOW, csrf = TOKEN, wish = WISH } = {},
  ): string => {
    const view = postView(post, who, new Translator(messages, locale, now, zone), wish);
    return templates.render('in-thread', { posts: [view], need: { wish } }, { locale, csrf });
  };
  // As in threads/thread.hbs.
  templates.define(
    'in-thread',
    '{{#each posts}}{{#if fragment}}{{{filled this}}}{{else}}{{> post}}{{/if}}{{/each}}',
  );

  it('give the same HTML as rendering from scratch, for any reader and in any order', () => {
    const random = randomFor(3, 'fragments');
    const maybe = <T>(value: T, other: T): T => (random.below(40) === 0 ? other : value);
    const differences = Array.from({ length: 6_000 }, () => {
      const number = 1 + random.below(2);
      const post = row({
        id: String(number),
        number,
        bodyHtml: maybe('<p>One.</p>', '<p>Two.</p>'),
        contentWarnings: maybe<string[]>([], ['medical-detail']),
        summary: maybe('', 'In short'),
        language: maybe(null, 'es'),
        status: maybe('published', random.pick(['held', 'withdrawn', 'removed', 'hidden'])),
        createdAt: maybe(new Date('2026-11-20T08:00:00Z'), new Date('2026-11-28T11:58:30Z')),
        editedAt: maybe(null, new Date('2026-11-28T09:00:00Z')),
        replyTo: maybe(null, 1),
        sameBoat: maybe(0, 2),
        helped: maybe(0, 1),
        mine: maybe(false, true),
        opener: maybe(false, true),
        blocked: maybe(false, true),
        unwanted: maybe(false, true),
        notesOpen: maybe(false, true),
        reacted: maybe(null, ['same-boat']),
        tier: maybe('none', 'urgent'),
        folded: maybe(false, true),
        membersOnly: maybe(false, true),
        addedNotes: maybe<string[]>([], ['other']),
        strategies: maybe(null, [{ slug: 'walk', name: maybe('A walk', 'A long walk') }]),
        aliasName: maybe(null, 'Quiet Heron'),
        aliasSeed: maybe(null, 'h'),
        handle: maybe('kim', null),
        avatarSeed: maybe('a', 'b'),
        role: maybe('member', 'moderator'),
      });
      const who = reader({
        viewer: random.pick([null, viewer(), viewer({ verified: false })]),
        mayWrite: maybe(false, true),
        member: maybe(false, true),
        moderates: maybe(false, true),
        archived: maybe(false, true),
        page: maybe(1, 2),
        threadId: maybe('7', '8'),
        quoting: maybe<number[]>([], [2]),
        show: maybe(undefined, 2),
      });
      const token = `token-${random.below(1_000)}`;
      const around = {
        locale: maybe('en', 'es'),
        zone: maybe('Europe/London', 'Asia/Tokyo'),
        now: maybe(NOW, new Date('2026-11-28T12:40:00Z')),
        csrf: () => token,
        wish: maybe(WISH, 'Somebody to listen'),
      };
      return shown(post, who, around) === anew(post, who, around) ? [] : [post];
    }).flat();
    expect(differences).toEqual([]);
    expect(fragments.counts.reused).toBeGreaterThan(500);
    expect(fragments.counts.rendered).toBeGreaterThan(500);
  });

  it('are kept at the second request, for all guests and for all members with the same rights', () => {
    for (const handle of ['ann', 'bo', 'cy', 'di']) {
      shown(row(), reader());
      shown(row(), reader({ ...MEMBER, viewer: viewer({ handle, memberId: handle }) }));
    }
    expect(fragments.counts).toEqual({ rendered: 4, reused: 4 });
    expect(fragments.bytes).toBeGreaterThan(1_000);
  });

  it('are made for one of 32 posts once there is no room for more', () => {
    const view = fragments.forReader(reader(), WISH, new Translator(messages, 'en', NOW));
    const long = { contentWarnings: ['medical-detail'], summary: 'x'.repeat(1_800) };
    for (let n = 2; n < 6_000; n += 1) view(row({ id: String(n >> 1), ...long }));
    const twice = Array.from({ length: 64 }, (_, n) => view(row({ id: `${5_000 + (n >> 1)}` })));
    expect(twice.filter((post) => 'fragment' in post)).toHaveLength(1);
    expect(fragments.bytes).toBeGreaterThan(8_000_000);
  });

  it('do not contain the body: a changed body shows at once, without a new fragment', () => {
    for (const _ of [1, 2]) expect(shown(row(), reader())).toContain('Some words.');
    const changed = shown(row({ bodyHtml: `<p>Other words, ${TOKEN_MARK}.</p>` }), reader());
    expect(changed).toContain(`Other words, ${TOKEN_MARK}.`);
    expect(changed).not.toContain('Some words.');
    expect(fragments.counts).toEqual({ rendered: 2, reused: 1 });
  });

  it.each([
    ['a name', { handle: 'kim-2' }],
    ['an account that is closed', { handle: null, avatarSeed: null, role: null }],
    ['a content note', { contentWarnings: ['medical-detail'] }],
    ['a note that moderators added', { addedNotes: ['medical-detail'] }],
    ['a fold by the team', { folded: true }],
    ['a removal', { status: 'removed' }],
    ['a block', { blocked: true }],
    ['a muted word', { unwanted: true }],
    ['a reaction', { sameBoat: 1 }],
    ['a danger', { tier: 'crisis' as const }],
    ['an edit', { editedAt: NOW }],
    ['a strategy', { strategies: [{ slug: 'walk', name: 'A walk' }] }],
  ])('show %s at once, to guests and members', (_what, change) => {
    for (const who of [reader(), reader(MEMBER)]) {
      for (const post of [row(), row(change)]) shown(post, who);
      const before = shown(row(), who);
      const after = shown(row(change), who);
      expect(after).not.toBe(before);
      expect(after).toBe(anew(row(change), who));
      expect(shown(row(), who)).toBe(before);
    }
  });

  it("contain the reader's own token, and request none if there is no form", () => {
    const forms = (token: string): string[] => {
      const html = shown(row(), reader(MEMBER), { csrf: () => token });
      return [...html.matchAll(/name="_csrf" value="([^"]*)"/g)].map(([, found = '']) => found);
    };
    forms('first');
    expect([...new Set(forms('anns'))]).toEqual(['anns']);
    expect([...new Set(forms('bos'))]).toEqual(['bos']);
    shown(row(), reader());
    const prepared = fragments.forReader(
      reader(),
      WISH,
      new Translator(messages, 'en', NOW),
    )(row());
    const page = {
      locale: 'en',
      csrf: (): string => {
        throw new Error('a token was made');
      },
    };
    expect(templates.render('in-thread', { posts: [prepared], need: {} }, page)).toContain('kim');
  });

  it('are invalidated when templates or messages are reloaded', () => {
    for (const _ of [1, 2, 3]) shown(row(), reader());
    expect(fragments.counts).toEqual({ rendered: 2, reused: 1 });
    templates.loads += 1;
    shown(row(), reader());
    expect(fragments.counts).toEqual({ rendered: 3, reused: 1 });
  });
});
