import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { openJson, sealJson } from '../kernel/sealed.js';
import { localPath } from './page.js';
import { hiddenFields, type HiddenField } from './form-values.js';
import type { Values } from './form.js';

const PURPOSE = { key: 'kept-form', context: '' };

export interface PreservedForm {
  path: string;
  values: Values;
}

/** Fields that never come back: they are secrets, or belong to the old page. */
const SECRET_FIELDS = ['password', 'newPassword', 'currentPassword', 'code', '_csrf', 'kept'];

/** A form without its secrets; null where nothing is left worth keeping. */
export function isPreservable(path: string, values: Values): PreservedForm | null {
  const kept = Object.fromEntries(
    Object.entries(values).filter(([name]) => !SECRET_FIELDS.includes(name)),
  );
  return Object.keys(kept).length === 0 ? null : { path: localPath(path), values: kept };
}

/**
 * A form whose session ended in the middle of writing travels through the log-in page as a sealed
 * text (AES-256-GCM), so that nothing a guest sends is stored and nothing a member wrote is lost.
 */
@Injectable()
export class PreservedForms {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  seal(form: PreservedForm): string {
    return sealJson(this.config.secret, PURPOSE, { ...form, until: this.clock.ms() + DAY });
  }

  /** Null for text that was not sealed here, was changed, or is older than a day. */
  open(text: unknown): PreservedForm | null {
    if (typeof text !== 'string') return null;
    const form = openJson<PreservedForm & { until: number }>(this.config.secrets, PURPOSE, text);
    if (form === null || form.until < this.clock.ms()) return null;
    return { path: localPath(form.path), values: form.values };
  }
}

/** Fields that people write in, however little. */
const WRITTEN = [
  'about',
  'answer',
  'body',
  'fits',
  'fitsNot',
  'message',
  'name',
  'note',
  'reason',
  'statement',
  'steps',
  'summary',
  'title',
  'why',
  'wish',
  'words',
];

/**
 * Choices, ids and keys are one short word; whatever else a field holds was written by somebody,
 * whatever the field is called.
 */
function isWritten({ name, value }: HiddenField): boolean {
  return (
    value.trim() !== '' && (WRITTEN.includes(name) || /\s/.test(value.trim()) || value.length > 60)
  );
}

interface PreservedFormView {
  action: string;
  texts: HiddenField[];
  hidden: HiddenField[];
}

/**
 * The view of the page that gives a form back: what was written to read and edit, the rest hidden.
 */
export function preservedFormView(form: PreservedForm): PreservedFormView {
  const fields = hiddenFields(form.values);
  return {
    action: form.path,
    texts: fields.filter(isWritten),
    hidden: fields.filter((field) => !isWritten(field)),
  };
}
