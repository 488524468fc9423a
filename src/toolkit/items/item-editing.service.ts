import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Database, type Tx } from '../../kernel/database.js';
import { textLines } from '../core/emergency-card.view.js';
import { MAX_STEPS, type ItemForm, type OwnItemForm } from '../core/toolkit.dto.js';
import { Collections } from './collections.service.js';
import type { Item } from './item-texts.js';
import { ToolkitItems } from './toolkit-items.service.js';

/** Saves the item form in one transaction: the item's texts and its collections. */
@Injectable()
export class ItemEditing {
  constructor(
    private readonly database: Database,
    private readonly items: ToolkitItems,
    private readonly collections: Collections,
  ) {}

  /** @throws FieldError if the toolkit or the list of collections is full */
  async add(viewer: Viewer, form: OwnItemForm): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const created = await this.newCollection(tx, viewer, form);
      const texts = { name: form.name, note: form.note, steps: stepsIn(form.steps) };
      const id = await this.items.addOwn(tx, viewer, texts, form.idempotencyKey);
      await this.collections.place(tx, viewer, id, [...form.collections, ...created]);
    });
  }

  /** @throws FieldError if the list of collections is full */
  async edit(viewer: Viewer, item: Item, form: ItemForm): Promise<void> {
    const { id, name, steps: librarySteps } = item.row;
    const steps = stepsIn(form.steps);
    await this.database.inTransaction(async (tx) => {
      const created = await this.newCollection(tx, viewer, form);
      await this.items.write(tx, viewer, id, {
        // A name or steps equal to the library's are not stored as an adaptation, so they follow
        // later changes.
        name: form.name === name ? '' : form.name,
        note: form.note,
        steps: isSameSteps(steps, librarySteps ?? []) ? [] : steps,
      });
      await this.collections.place(tx, viewer, id, [...form.collections, ...created]);
    });
  }

  private async newCollection(tx: Tx, viewer: Viewer, form: ItemForm): Promise<string[]> {
    if (form.newCollection === '') return [];
    return [await this.collections.named(tx, viewer, form.newCollection)];
  }
}

/** One step on each line, without a leading number or dash. */
function stepsIn(text: string): string[] {
  return textLines(text)
    .map((line) => line.replace(/^(?:\d{1,2}[.)]|[-*•])\s+/, ''))
    .filter((line) => line !== '')
    .slice(0, MAX_STEPS);
}

function isSameSteps(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
