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

/** Fields that are never carried over: they are secrets, or belong to the old page. */
const SECRET_FIELDS = ['password', 'newPassword', 'currentPassword', 'code', '_csrf', 'kept'];

/** Removes the secrets of a form; null if nothing worth keeping is left. */
export function isPreservable(path: string, values: Values): PreservedForm | null {
  const publicValues = Object.fromEntries(
    Object.entries(values).filter(([name]) => !SECRET_FIELDS.includes(name)),
  );
  return Object.keys(publicValues).length === 0
    ? null
    : { path: localPath(path), values: publicValues };
}

/**
 * Carries a form whose session expired while somebody was writing through the log-in page,
 * encrypted with AES-256-GCM. Nothing that a guest sends is stored, and nothing that a member wrote
 * is lost.
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

  /** @returns null if the text was not encrypted here, was modified, or is older than a day */
  open(text: unknown): PreservedForm | null {
    if (typeof text !== 'string') return null;
    const form = openJson<PreservedForm & { until: number }>(this.config.secrets, PURPOSE, text);
    if (form === null || form.until < this.clock.ms()) return null;
    return { path: localPath(form.path), values: form.values };
  }
}

/** Free-text fields, which count as written however short the text is. */
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
 * Choices, ids and keys are one short word; any other value was written by a person, whatever the
 * field's name is.
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
 * View of the page that shows a form again: written text to read and edit, the rest as hidden
 * fields.
 */
export function preservedFormView(form: PreservedForm): PreservedFormView {
  const fields = hiddenFields(form.values);
  return {
    action: form.path,
    texts: fields.filter(isWritten),
    hidden: fields.filter((field) => !isWritten(field)),
  };
}
