/** Links to the pages of a list, for `partials/pagination`. */
export interface NumberedPages {
  previous: { href: string } | null;
  next: { href: string } | null;
  pages: { href: string; number: number; current: boolean; gap: boolean }[];
}

/**
 * Builds links to the first, the last and the neighbouring pages, with gaps in between.
 * @param page counts from 1
 * @param last number of the last page
 * @returns null for a list of one page
 */
export function numberedPages(
  page: number,
  last: number,
  href: (number: number) => string,
): NumberedPages | null {
  if (last <= 1) return null;
  const shown = [...new Set([1, page - 1, page, page + 1, last])]
    .filter((number) => number >= 1 && number <= last)
    .sort((a, b) => a - b);
  return {
    previous: page > 1 ? { href: href(page - 1) } : null,
    next: page < last ? { href: href(page + 1) } : null,
    pages: shown.map((number, at) => ({
      number,
      href: href(number),
      current: number === page,
      gap: at > 0 && number - (shown[at - 1] ?? 0) > 1,
    })),
  };
}
