/** A poll as entered by its author. */
export interface NewPoll {
  readonly question: string;
  readonly options: readonly string[];
  readonly several: boolean;
  readonly results: 'voted' | 'closed';
  readonly closesAt: Date | null;
}

/** The poll as text to append to the opening post, for screening and for moderators. */
export function pollText({ question, options }: Pick<NewPoll, 'question' | 'options'>): string {
  return `\n\n${question}${options.map((option) => `\n- ${option}`).join('')}`;
}

/**
 * The same in SQL; empty for replies and threads without a poll.
 * @param p alias of the post
 */
export function pollTextOf(p: string): string {
  return `
    case when ${p}.number = 1 then coalesce((
      select E'\\n\\n' || pl.question || string_agg(E'\\n- ' || po.text, '' order by po.position)
      from polls pl
      join poll_options po on po.poll_id = pl.id
      where pl.thread_id = ${p}.thread_id
      group by pl.id
    ), '') else '' end`;
}
