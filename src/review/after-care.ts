import { HOUR } from '../kernel/clock.js';

/** How long the way to help stays with an author after the case about their post is closed. */
export const CARE_STAYS = 72 * HOUR;

/**
 * SQL for a case that speaks of danger to the author themselves: screening heard it, the post was
 * held for it, or they asked for somebody. What others reported is left out, so that nothing the
 * author sees tells of a report.
 */
function ofDanger(c: string): string {
  return `exists (select 1 from case_reasons r where r.case_id = ${c}.id and (r.source, r.reason) in
    (('triage', 'urgent'), ('triage', 'crisis'), ('hold', 'crisis'), ('author', 'need-now')))`;
}

/**
 * SQL for a case that still keeps help beside the post. @param since parameter: now less
 * `CARE_STAYS`
 */
export function caseKeepsHelp(c: string, since: string): string {
  return `(${c}.kind = 'post' and (${c}.state = 'open' or ${c}.closed_at > ${since}) and ${ofDanger(c)})`;
}

/** SQL for whether help stays beside a post. @param p alias of `posts` */
export function keepsHelp(p: string, since: string): string {
  return `
    exists (select 1
      from review_cases kc
      where kc.post_id = ${p}.id and ${caseKeepsHelp('kc', since)})
  `;
}
