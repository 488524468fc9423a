import { Injectable } from '@nestjs/common';
import { HelplineStore } from '../helplines/helpline-store.js';
import { helplineKey, type HelplineRow } from '../helplines/helpline-rows.js';
import type { Viewer } from '../http/viewer.js';
import { requireAdmin } from '../http/guards.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { AuditLog } from '../review/audit-log.js';
import type { HelplineForm } from './helplines.dto.js';

/** A line with the version of the change that it stands on; 0 where it is as this version has it. */
export interface EditableHelpline {
  readonly row: HelplineRow;
  readonly version: number;
}

/** What administrators change about the helplines. Each change is in the audit log. */
@Injectable()
export class HelplineEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: HelplineStore,
    private readonly auditLog: AuditLog,
  ) {}

  /** @throws NotFound where there is no line of that key */
  async load(key: string): Promise<EditableHelpline> {
    const row = (await this.store.all()).find((each) => each.key === key);
    if (row === undefined) throw new NotFound();
    return { row, version: await this.store.version(key) };
  }

  /** @throws FieldError where the country has a line of that name, or a shown line no way in */
  async add(viewer: Viewer, form: HelplineForm): Promise<void> {
    requireAdmin(viewer);
    const key = helplineKey(form.country, form.name);
    const taken = (await this.store.all()).some((row) => row.key === key);
    if (taken) throw new FieldError('name', 'administration.helplines.error.taken');
    await this.save(viewer, key, form, null);
  }

  /** @throws Conflict where another window was first */
  async change(viewer: Viewer, key: string, form: HelplineForm): Promise<void> {
    requireAdmin(viewer);
    const { row } = await this.load(key);
    await this.save(viewer, key, form, row);
  }

  private async save(
    viewer: Viewer,
    key: string,
    form: HelplineForm,
    before: HelplineRow | null,
  ): Promise<void> {
    const now = this.clock.now();
    const after = rowOf(key, form, before, now);
    if (after.shown && after.phone === null && after.sms === null && after.chatUrl === null) {
      throw new FieldError('phone', 'administration.helplines.error.way');
    }
    await this.database.inTransaction(async (tx) => {
      await this.store.save(tx, after, form.version);
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'helpline.changed',
        detail: { key, from: before, to: after },
      });
    });
    await this.store.refresh();
  }
}

function rowOf(
  key: string,
  form: HelplineForm,
  before: HelplineRow | null,
  now: Date,
): HelplineRow {
  const orNull = (text: string): string | null => (text === '' ? null : text);
  return {
    key,
    country: form.country,
    name: form.name,
    phone: orNull(form.phone),
    sms: orNull(form.sms),
    chatUrl: orNull(form.chatUrl),
    hours: orNull(form.hours),
    languages: form.languages,
    topics: form.topics,
    audience: form.audience,
    source: form.source,
    shown: form.shown,
    checkedOn: form.checked ? now.toISOString().slice(0, 10) : (before?.checkedOn ?? null),
  };
}
