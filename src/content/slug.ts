/**
 * Converts a name to a URL slug: lower-case Latin letters and digits, joined by hyphens.
 * @param prefix put before a slug that is shorter than two characters or reserved
 */
export function slugOf(
  name: string,
  options: { prefix: string; longest: number; reserved?: readonly string[] },
): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, options.longest)
    .replace(/-+$/, '');
  return slug.length < 2 || options.reserved?.includes(slug) === true
    ? `${options.prefix}-${slug}`.replace(/-$/, '')
    : slug;
}

/**
 * Returns the slug itself, or with the first suffix that makes it unique.
 * @param suffix of an attempt, counted from 2; defaults to the number, such as `slug-2`
 */
export function freeSlug(
  slug: string,
  taken: Iterable<string>,
  suffix: (attempt: number) => string = String,
): string {
  const known = new Set(taken);
  let free = slug;
  for (let attempt = 2; known.has(free); attempt += 1) free = `${slug}-${suffix(attempt)}`;
  return free;
}
