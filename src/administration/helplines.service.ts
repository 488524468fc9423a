import { Injectable } from '@nestjs/common';
import { HelplineStore, type EditableHelpline } from '../helplines/helpline-store.js';
import { helplineKey, type HelplineRow } from '../helplines/helpline-rows.js';
import type { Viewer } from '../http/viewer.js';
import { requireAdmin } from '../http/guards.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { Conflict, FieldError, NotFound, throwIfInvalid } from '../kernel/errors.js';
import { AuditLog } from '../review/audit-log.js';
import { HelplineForm } from './helplines.dto.js';

/** Lets administrators edit the helplines. Each change is recorded in the audit log. */
@Injectable()
export class HelplineEditing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: HelplineStore,
    private readonly auditLog: AuditLog,
  ) {}

  /** @throws NotFound if there is no line with that key */
  async load(key: string): Promise<EditableHelpline> {
    const helpline = await this.store.find(key);
    if (helpline === null) throw new NotFound();
    return helpline;
  }

  /**
   * @throws FieldError if the country has a line with that name, or a visible line cannot be
   *   reached
   */
  async add(viewer: Viewer, form: HelplineForm): Promise<void> {
    requireAdmin(viewer);
    const key = helplineKey(form.country, form.name);
    if ((await this.store.find(key)) !== null) throw taken();
    try {
      await this.save(viewer, key, form, null);
    } catch (error) {
      throw error instanceof Conflict ? taken() : error;
    }
  }

  /**
   * @param before the line as loaded
   * @throws Conflict if somebody else saved it first
   */
  async change(viewer: Viewer, before: HelplineRow, form: HelplineForm): Promise<void> {
    requireAdmin(viewer);
    await this.save(viewer, before.key, form, before);
  }

  private async save(
    viewer: Viewer,
    key: string,
    form: HelplineForm,
    before: HelplineRow | null,
  ): Promise<void> {
    const now = this.clock.now();
    const after = rowOf(key, form, before, now);
    throwIfInvalid(HelplineForm.check(form));
    await this.database.inTransaction(async (tx) => {
      await this.store.save(tx, after, before === null ? 0 : form.version);
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'helpline.changed',
        detail: { key, from: before, to: after },
      });
    });
    await this.store.refresh();
  }
}

function taken(): FieldError {
  return new FieldError('name', 'administration.helplines.error.taken');
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
