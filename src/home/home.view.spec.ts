import { describe, expect, it } from '@jest/globals';
import { viewer } from '../../test/support/viewers.js';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { homeView } from './home.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-06-01T12:00:00Z'));

describe('held posts on the home page', () => {
  it('are told apart where their titles are the same', () => {
    const post = {
      id: '1',
      threadId: '1',
      title: 'Nights',
      number: 1,
      community: 'Sleep',
      createdAt: new Date('2026-06-01T10:15:00Z'),
      held: true,
      cared: false,
    };
    const own = [
      post,
      { ...post, id: '2', threadId: '2', createdAt: new Date('2026-06-01T10:19:00Z') },
      { ...post, id: '3', number: 4 },
    ];
    const lists = { unanswered: [], fresh: [], items: null, communities: [], toolkit: [] };
    const { held } = homeView({ viewer: viewer(), ...lists, own, care: null }, i18n);
    expect(held).toEqual([
      { href: '/t/1#post-1', title: 'Nights', note: 'Your thread in Sleep, 1 June 2026, 11:15' },
      { href: '/t/2#post-1', title: 'Nights', note: 'Your thread in Sleep, 1 June 2026, 11:19' },
      { href: '/t/1#post-4', title: 'Nights', note: 'Your reply in Sleep, 1 June 2026, 11:15' },
    ]);
  });
});
