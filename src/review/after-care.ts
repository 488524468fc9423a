import { HOUR } from '../kernel/clock.js';

/**
 * How long the author is still shown help after the case about their post is closed, in
 * milliseconds.
 */
export const CARE_PERIOD = 72 * HOUR;

/**
 * SQL condition: a case about danger to the author. Screening found it, the post was held for it,
 * or the author asked for help. Reports do not count, so that the author cannot infer one from the
 * page.
 */
function ofDanger(c: string): string {
  return `exists (select 1 from case_reasons r where r.case_id = ${c}.id and (r.source, r.reason) in
    (('triage', 'urgent'), ('triage', 'crisis'), ('hold', 'crisis'), ('author', 'need-now')))`;
}

/**
 * SQL condition: the case keeps help visible beside the post.
 * @param c alias of `review_cases`
 * @param since parameter with the time: now minus `CARE_PERIOD`
 */
export function caseKeepsHelp(c: string, since: string): string {
  return `(${c}.kind = 'post' and (${c}.state = 'open' or ${c}.closed_at > ${since}) and ${ofDanger(c)})`;
}

/** SQL condition: help is still shown beside a post. @param p alias of `posts` */
export function keepsHelpSql(p: string, since: string): string {
  return `
    exists (select 1
      from review_cases kc
      where kc.post_id = ${p}.id and ${caseKeepsHelp('kc', since)})
  `;
}
