import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { CaseDetail } from './case.queries.js';
import { decideForm, type DecideFormView } from './decide.view.js';

const i18n = new Translator(new Messages(), 'en', new Date(0));

function formOf(
  access: Partial<AccessibleCase>,
  detail: Partial<CaseDetail>,
  values: Record<string, string> = {},
): DecideFormView {
  const form = decideForm(
    {
      access: { id: '1', state: 'open', kind: 'post', postId: '2', ...access } as AccessibleCase,
      detail: { status: 'published', danger: false, strategy: null, ...detail } as CaseDetail,
      form: { values, error: {}, errors: [] },
      templates: [],
      waiting: false,
    },
    i18n,
  );
  if (form === null) throw new Error('nothing to decide');
  return form;
}

const shown = (form: DecideFormView): string[] => form.actions.map(({ value }) => value);
const folded = (form: DecideFormView): string[] => form.others.map(({ value }) => value);

describe('the actions of a case', () => {
  it('begin with reaching out if someone may be in danger, with the message beside it', () => {
    for (const form of [
      formOf({ tier: 'crisis' }, {}),
      formOf({ tier: 'watch' }, { danger: true }),
    ]) {
      expect(shown(form).slice(0, 2)).toEqual(['reach-out', 'escalate']);
      expect(form.messageFirst).toBe(true);
    }
    expect(formOf({ tier: 'watch' }, {}).messageFirst).toBe(false);
  });

  it('begin with showing a held post, and with keeping a decision under appeal', () => {
    expect(shown(formOf({ tier: 'none' }, { status: 'held' }))[0]).toBe('publish');
    expect(shown(formOf({ kind: 'appeal', tier: 'none' }, {})).slice(0, 2)).toEqual([
      'dismiss',
      'publish',
    ]);
  });

  it('are about the author if the post was deleted, except on an appeal', () => {
    const gone = { status: 'withdrawn' };
    const form = formOf({ tier: 'watch' }, gone);
    expect([...shown(form), ...folded(form)].sort()).toEqual(
      ['dismiss', 'reach-out', 'escalate', 'warn', 'suspend', 'move', 'lock'].sort(),
    );
    expect(shown(formOf({ kind: 'appeal', tier: 'watch' }, gone)).slice(0, 2)).toEqual([
      'dismiss',
      'publish',
    ]);
  });

  it('bring only the fields that one of them uses', () => {
    expect(formOf({ tier: 'watch' }, {}).fields).toEqual({
      message: true,
      notes: true,
      suspension: true,
      place: true,
    });
    expect(formOf({ kind: 'strategy', postId: null, tier: 'watch' }, {}).fields).toBe(null);
  });

  it('are all offered once, the less likely ones folded', () => {
    const form = formOf({ tier: 'watch' }, {});
    const all = [...shown(form), ...folded(form)];
    expect(shown(form).length).toBeLessThanOrEqual(5);
    expect(all).toHaveLength(13);
    expect(new Set(all).size).toBe(all.length);
    // A published post needs no publishing.
    expect(all).not.toContain('publish');
    const ids = [...form.actions, ...form.others].map(({ id }) => id);
    expect(ids[0]).toBe('action');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are unfolded if a folded one is chosen, or if there are few', () => {
    expect(formOf({ tier: 'watch' }, {}).othersOpen).toBe(false);
    expect(formOf({ tier: 'watch' }, {}, { action: 'suspend' }).othersOpen).toBe(true);
    const member = formOf({ kind: 'member', tier: 'watch', postId: null }, { status: null });
    expect(folded(member)).toEqual([]);
    expect(shown(member)).toContain('suspend');
  });
});
