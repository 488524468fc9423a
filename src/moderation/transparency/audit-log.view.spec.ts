import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { DEFAULTS } from '../../http/site-settings.js';
import { AUDIT_ACTIONS } from '../../review/audit-log.js';
import type { AuditLogRow } from './audit-log.queries.js';
import { ROWS_PER_PAGE } from './audit-log.service.js';
import { actionOptions, auditLogView } from './audit-log.view.js';

const PREFIX = 'moderation.audit.';
/** Written by an earlier version; the table may still contain such rows. */
const RETIRED = ['case.noted'];
const NO_FILTER = { action: null, who: null, member: null, caseId: null };
const messages = new Messages();
const i18n = new Translator(messages, 'en', new Date('2026-03-01T12:00:00Z'));

const row = (id: number): AuditLogRow => ({
  id: String(id),
  action: 'case.read',
  who: 'harbour-mod',
  caseId: '7',
  member: null,
  memberShown: false,
  place: null,
  reason: '',
  decided: null,
  changed: null,
  at: new Date('2026-03-01T11:00:00Z'),
});

describe('the audit log', () => {
  it('has a message for every action, and no superfluous one', () => {
    const written = messages
      .keys('en')
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
      .filter((action) => !RETIRED.includes(action));
    expect(written.sort()).toEqual([...AUDIT_ACTIONS].sort());
  });

  it('labels all actions differently', () => {
    const labels = actionOptions(null, i18n).map(({ label }) => label);
    expect(new Set(labels).size).toBe(AUDIT_ACTIONS.length + 1);
  });

  it('can be filtered by each of its actions', () => {
    const [all, ...options] = actionOptions('strategy.withdrawn', i18n);
    expect(all).toMatchObject({ value: '', selected: false });
    expect(options.map(({ value }) => value)).toEqual([...AUDIT_ACTIONS]);
    expect(options.filter(({ selected }) => selected).map(({ value }) => value)).toEqual([
      'strategy.withdrawn',
    ]);
  });

  it('links to the next page with the same filter', () => {
    const rows = Array.from({ length: ROWS_PER_PAGE + 1 }, (_, at) => row(100 - at));
    const view = auditLogView(rows, { ...NO_FILTER, action: 'case.read', caseId: '7' }, i18n);
    expect(view.rows).toHaveLength(ROWS_PER_PAGE);
    expect(view.next).toBe('/mod/log?deed=case.read&case=7&before=51');
  });

  it('shows the change with old and new value', () => {
    const changed = (action: AuditLogRow['action'], change: AuditLogRow['changed']) =>
      auditLogView([{ ...row(1), action, changed: change }], NO_FILTER, i18n).rows[0]?.change;
    for (const key of Object.keys(DEFAULTS))
      expect(changed('setting.changed', { key, from: true, to: false })).toMatch(
        /^[a-z -]+, from yes to no$/,
      );
    expect(
      changed('setting.changed', { key: 'announcement', from: '', to: 'Back on Monday' }),
    ).toBe('site-wide notice, from nothing to “Back on Monday”');
    expect(changed('member.role-given', { key: null, from: 'member', to: 'admin' })).toBe(
      'from Member to Administrator',
    );
    for (const to of ['public', 'members', 'approval', 'unlisted'])
      expect(changed('community.visibility-changed', { key: null, from: 'public', to })).toMatch(
        /^from open to [a-z]/,
      );
  });

  it('has no next page at the end', () => {
    expect(auditLogView([row(1)], NO_FILTER, i18n).next).toBeNull();
  });
});
