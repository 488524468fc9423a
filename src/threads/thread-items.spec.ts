import { describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE } from '../kernel/clock.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { Assets } from '../rendering/assets.js';
import { Templates } from '../rendering/templates.js';
import { ThreadItems, type ItemKind } from './thread-items.js';
import type { ThreadRow } from './thread-list.queries.js';
import { threadItem } from './thread-list.view.js';

const messages = new Messages();
const templates = new Templates(messages, new Assets());
const NOW = new Date('2026-03-03T10:05:00Z');
const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * MINUTE);

const translator = (now = NOW, locale = 'en', zone?: string): Translator =>
  new Translator(messages, locale, now, zone);
const row = (changes: Partial<ThreadRow> = {}): ThreadRow => ({
  id: '7',
  title: 'Nights <b>&</b> days – again',
  replyWish: 'listen',
  replyCount: 2,
  pinned: false,
  locked: false,
  createdAt: at(-40 * 24 * 60),
  lastPostAt: at(-26 * 60),
  contentWarnings: [],
  ending: '',
  language: 'en',
  updated: false,
  slug: 'tea',
  communityName: 'Tea & toast',
  aliasName: null,
  handle: 'mia',
  ...changes,
});

describe('items of lists in memory', () => {
  it.each<[ItemKind, string]>([
    ['community', '{{> thread-item where="" headed=""}}'],
    ['home-waiting', '{{> thread-item where=true headed=true}}'],
    ['home-fresh', '{{> thread-item where=true headed=""}}'],
  ])('of the kind %s are the same as where they are not kept', (kind, text) => {
    templates.define('threads/inline', text);
    for (const each of [row(), row({ replyCount: 0 }), row({ pinned: true, language: 'fi' })]) {
      const inline = templates.piece('threads/inline', threadItem(each, translator()), {
        locale: 'en',
      });
      const { renderedItem } = new ThreadItems(templates).item(each, kind, translator());
      expect(renderedItem.toString().trim()).toBe(inline.toString().trim());
    }
  });

  it('are rendered once for each kind, language and time zone in turn', () => {
    const items = new ThreadItems(templates);
    const one = row();
    const htmlFor = (kind: ItemKind, i18n: Translator): string =>
      items.item(one, kind, i18n).renderedItem.toString();
    const english = htmlFor('community', translator());
    expect(htmlFor('community', translator())).toBe(english);
    expect(items.counts).toEqual({ rendered: 1, reused: 1 });
    expect(htmlFor('home-fresh', translator())).toContain('Tea &amp; toast');
    expect(htmlFor('community', translator(NOW, 'es'))).not.toBe(english);
    const auckland = htmlFor('community', translator(NOW, 'en', 'Pacific/Auckland'));
    expect(auckland).not.toBe(english);
    expect(htmlFor('community', translator())).toBe(english);
    expect(items.counts).toEqual({ rendered: 5, reused: 1 });
  });

  it('belong to their row: one that was read anew is rendered anew', () => {
    const items = new ThreadItems(templates);
    items.item(row(), 'community', translator());
    const { renderedItem } = items.item(row({ title: 'Changed' }), 'community', translator());
    expect(renderedItem.toString()).toContain('Changed');
    expect(items.counts).toEqual({ rendered: 2, reused: 0 });
  });

  it('are rendered anew when one of their times changes, and at each quarter of an hour', () => {
    const items = new ThreadItems(templates);
    const lately = row({ lastPostAt: at(-10) });
    const seen = (now: Date): string =>
      items.item(lately, 'community', translator(now)).renderedItem.bytes;
    const first = seen(NOW);
    expect(seen(at(0.4))).toBe(first);
    expect(items.counts).toEqual({ rendered: 1, reused: 1 });
    expect(seen(at(1))).not.toBe(first);
    const old = row();
    const before = items.counts.rendered;
    for (const minutes of [0, 5, 9, 10, 20]) items.item(old, 'community', translator(at(minutes)));
    expect(items.counts.rendered - before).toBe(2);
  });

  it('let the page know until when they are right, and change nothing else about it', () => {
    const items = new ThreadItems(templates);
    const one = row();
    const untilOf = (before: number): number => {
      const i18n = translator();
      i18n.changesAt(before);
      items.item(one, 'community', i18n);
      return i18n.trueUntil;
    };
    const quarter = new Date('2026-03-03T10:15:00Z').getTime();
    expect(untilOf(NOW.getTime() + HOUR)).toBe(quarter);
    expect(untilOf(NOW.getTime() + HOUR)).toBe(quarter);
    expect(untilOf(NOW.getTime() + MINUTE)).toBe(NOW.getTime() + MINUTE);
  });
});
