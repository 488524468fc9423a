import { excerpt } from '../content/markdown.js';
import { ImportFault } from './import-fault.js';
import { inBatch, storableText, type ImportRun } from './import-run.js';
import type { ImportedCategory } from './source.js';
import { targetOf, type Target } from './targets.js';

interface Community {
  id: string;
  slug: string;
  name: string;
  made: boolean;
}

/** Maps each category to a community, and creates missing communities. */
export class ImportCommunities {
  /** By slug. */
  private readonly known = new Map<string, Community>();
  /** By category: the reason why it is left out, or its community. */
  private readonly places = new Map<string, Community | string>();

  constructor(
    private readonly run: ImportRun,
    private readonly targets: readonly Target[],
    private readonly language: string,
    /** The first guideline of new communities, until an administrator replaces it. */
    private readonly rule: string,
  ) {}

  async add(category: ImportedCategory): Promise<void> {
    const target = targetOf(this.targets, category);
    if (category.isPrivate) {
      this.run.report.lose('private-category', category.id);
      this.places.set(category.id, 'topic-in-private-category');
    } else if (target === null) {
      this.run.report.lose('category-not-asked-for', category.id);
      this.places.set(category.id, 'topic-in-category-not-asked-for');
    } else {
      const community =
        this.known.get(target.slug) ??
        (await this.find(target.slug)) ??
        (await this.make(target, category));
      this.places.set(category.id, community);
    }
  }

  /** @returns the community's id, or why its topics are left out */
  placeOf(categoryId: string): { communityId: string } | { leftOut: string } {
    const place = this.places.get(categoryId);
    if (place === undefined) return { leftOut: 'topic-without-category' };
    return typeof place === 'string' ? { leftOut: place } : { communityId: place.id };
  }

  isMade(communityId: string): boolean {
    return [...this.known.values()].some(({ id, made }) => id === communityId && made);
  }

  count(communityId: string, threads: number, posts: number): void {
    const community = [...this.known.values()].find(({ id }) => id === communityId);
    const counted = this.run.report.communities.get(community?.slug ?? '');
    if (counted === undefined) return;
    counted.threads += threads;
    counted.posts += posts;
  }

  private async find(slug: string): Promise<Community | null> {
    const { rows } = await this.run.client.query<Community>(
      `
        select c.id::text, c.slug, c.name, i.community_id is not null as made
        from communities c
        left join import_communities i on i.community_id = c.id and i.import_id = $2
        where c.slug = $1`,
      [slug, this.run.importId],
    );
    return rows[0] === undefined ? null : this.keep(rows[0]);
  }

  /** Unlisted and closed until an administrator opens it. */
  private async make(target: Target, category: ImportedCategory): Promise<Community> {
    const { client, importId, now } = this.run;
    const whole = target.categories?.length === 1;
    const name = nameOf(whole ? category.name : '', target.slug);
    const summary = whole ? excerpt(storableText(category.description ?? ''), 190) : '';
    const community = await inBatch(this.run, async () => {
      const { rows } = await client.query<{ id: string }>(
        `
          insert into communities (slug, name, summary, visibility, visits_allowed, language,
            archived_at, created_at)
          values ($1, $2, $3, 'unlisted', false, $4, $5, $5)
          returning id::text`,
        [target.slug, name, summary, this.language, now],
      );
      const id = rows[0]?.id ?? '';
      await client.query(
        `insert into community_guidelines (community_id, version, rules, created_at)
         values ($1, 1, $2, $3)`,
        [id, [this.rule], now],
      );
      await client.query('insert into import_communities values ($1, $2)', [importId, id]);
      return { id, slug: target.slug, name, made: true };
    });
    return this.keep(community);
  }

  private keep(community: Community): Community {
    const { slug, made } = community;
    this.known.set(slug, community);
    this.run.report.communities.set(slug, { slug, made, threads: 0, posts: 0 });
    return community;
  }
}

function nameOf(name: string, slug: string): string {
  const plain = storableText(name).replace(/\s+/g, ' ').trim().slice(0, 80).trim();
  if (Array.from(plain).length >= 2) return plain;
  return `${slug.charAt(0).toUpperCase()}${slug.slice(1).replaceAll('-', ' ')}`;
}

/** @throws ImportFault if the source has no category with that id or name */
export function refuseUnknownCategories(
  targets: readonly Target[],
  categories: readonly ImportedCategory[],
): void {
  const known = new Set(categories.flatMap(({ id, name }) => [id, name]));
  const unknown = targets.flatMap(({ categories: named }) => named ?? []);
  for (const name of unknown)
    if (!known.has(name))
      throw new ImportFault(`The dump has no category ${name}: name it by its id or its name.`);
}
