import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { localPath } from './page.js';
import type { Values } from './form.js';

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
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(), iv);
    const plain = JSON.stringify({ ...form, until: this.clock.ms() + DAY });
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Null for what we did not seal, or too long ago. */
  open(text: unknown): PreservedForm | null {
    if (typeof text !== 'string' || text.length < 40) return null;
    try {
      const all = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key(), all.subarray(0, 12));
      decipher.setAuthTag(all.subarray(12, 28));
      const plain = Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString(
        'utf8',
      );
      const form = JSON.parse(plain) as PreservedForm & { until: number };
      return form.until < this.clock.ms()
        ? null
        : { path: localPath(form.path), values: form.values };
    } catch {
      return null;
    }
  }

  private key(): Buffer {
    return createHash('sha256').update(`kept-form\0${this.config.secret}`).digest();
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
function isWritten(name: string, value: string): boolean {
  return (
    value.trim() !== '' && (WRITTEN.includes(name) || /\s/.test(value.trim()) || value.length > 60)
  );
}

/**
 * The view of the page that gives a form back: what was written to read and edit, the rest hidden.
 */
export function preservedFormView(form: PreservedForm): object {
  const texts: { name: string; value: string }[] = [];
  const hidden: { name: string; value: string }[] = [];
  for (const [name, value] of Object.entries(form.values)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      (isWritten(name, item) ? texts : hidden).push({ name, value: item });
    }
  }
  return { action: form.path, texts, hidden };
}
