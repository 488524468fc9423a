import { ImportFault } from './import-fault.js';
import type { ImportedCategory } from './source.js';

/** A community into which categories are imported. */
export interface Target {
  readonly slug: string;
  /** Ids or names of categories; null for all that no other target names. */
  readonly categories: readonly string[] | null;
}

const SLUG = /^[a-z0-9][a-z0-9-]{1,48}$/;

/**
 * Parses `--community SLUG` and `--community SLUG=CATEGORY`.
 * @throws ImportFault if there is none, or they contradict each other
 */
export function parseTargets(options: readonly string[]): Target[] {
  if (options.length === 0)
    throw new ImportFault('Name the target: --community SLUG, or --community SLUG=CATEGORY.');
  const targets = new Map<string, string[] | null>();
  const taken = new Set<string>();
  for (const option of options) {
    const [slug = '', ...rest] = option.split('=');
    if (!SLUG.test(slug))
      throw new ImportFault(
        `${slug} is not the address of a community: lower-case letters, digits and hyphens, as in /c/SLUG.`,
      );
    const category = rest.length === 0 ? null : rest.join('=').trim();
    if (category === '') throw new ImportFault(`${option} names no category after “=”.`);
    if (taken.has(category ?? ''))
      throw new ImportFault(
        category === null
          ? 'One --community can take all other categories: name categories for the rest.'
          : `The category ${category} is named twice.`,
      );
    taken.add(category ?? '');
    const before = targets.get(slug);
    if (before === null || (before !== undefined && category === null))
      throw new ImportFault(`--community ${slug} takes all other categories: name none for it.`);
    targets.set(slug, category === null ? null : [...(before ?? []), category]);
  }
  return [...targets].map(([slug, categories]) => ({ slug, categories }));
}

/** @returns null if the category is omitted, as no target includes it */
export function targetOf(
  targets: readonly Target[],
  { id, name }: Pick<ImportedCategory, 'id' | 'name'>,
): Target | null {
  const named = (key: string): Target | undefined =>
    targets.find(({ categories }) => categories?.includes(key) === true);
  return named(id) ?? named(name) ?? targets.find(({ categories }) => categories === null) ?? null;
}
