import { formView, type FormView } from '../../http/form-page.js';
import { idempotencyKeyOf } from '../../http/form-values.js';
import type { InvalidForm } from '../../http/form.js';
import { tickOptions, type TickOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import type { Item } from './item-texts.js';
import { isGone, itemName, stepsOf, useHref } from './items.view.js';
import type { Collection } from './toolkit-reader.service.js';

export interface ItemFormView {
  action: string;
  id: string | null;
  name: string | null;
  /** The library's name for it. */
  library: string | null;
  slug: string | null;
  use: string | null;
  credit: string | null;
  gone: boolean;
  damaged: boolean;
  form: FormView;
  /** Only for a new item. */
  idempotencyKey: string | null;
  collections: TickOption[];
}

/** @param item null for a new one */
export function itemFormView(
  item: Item | null,
  collections: readonly Collection[],
  i18n: Translator,
  faulty?: InvalidForm,
): ItemFormView {
  const form = formView(i18n, faulty, {
    name: item?.texts.name ?? '',
    note: item?.texts.note ?? '',
    steps: item === null ? '' : stepsOf(item).join('\n'),
    collections: item?.row.collections ?? [],
  });
  const names = new Map(collections.map(({ id, name }) => [id, name]));
  return {
    action: item === null ? '/toolkit/items' : `/toolkit/items/${item.row.id}`,
    id: item?.row.id ?? null,
    name: item === null ? null : itemName(item, i18n),
    library: item?.row.name ?? null,
    slug: item?.row.slug ?? null,
    use: item === null ? null : useHref(item),
    credit: item?.row.credit ?? null,
    gone: item !== null && isGone(item),
    damaged: item?.damaged ?? false,
    form,
    idempotencyKey: item === null ? idempotencyKeyOf(form.values) : null,
    collections: tickOptions(
      [...names.keys()],
      form.values.collections,
      (id) => names.get(id) ?? i18n.t('toolkit.unreadable'),
    ),
  };
}
