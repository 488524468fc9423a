import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { keptView } from './kept.view.js';

const i18n = new Translator(new Messages(), 'en', new Date('2026-06-01T12:00:00Z'));
const nothingIn = (toolkit: string | undefined, withPlan = false): unknown =>
  keptView({ own: { plan: null, card: null }, items: [], toolkit, withPlan }, 'GB', i18n).nothing;

describe('a copy for when there is no connection', () => {
  it('tells a copy of what is empty from one for which nothing was chosen', () => {
    expect(nothingIn(undefined)).toEqual({ chosen: false });
    expect(nothingIn('all')).toEqual({ chosen: true });
    expect(nothingIn(undefined, true)).toEqual({ chosen: true });
  });
});
