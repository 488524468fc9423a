/** SQL fragments about the places that posts had before they moved to another thread. */

/** Whether post `p` is in a thread, or was in it or in one that was merged into it. */
export function isOrWasIn(p: string, threadId: string): string {
  return `
    (${p}.thread_id = ${threadId}
      or exists (select 1
        from former_places f
        join threads t on t.id = f.thread_id
        where f.post_id = ${p}.id and (t.id = ${threadId} or t.merged_into = ${threadId})))
  `;
}

/** Whether thread `t` was merged into another one, and the post was its opening. */
export function openedMerged(t: string, postId: string): string {
  return `
    (${t}.merged_into is not null
      and ${t}.id in (select f.thread_id
        from former_places f
        where f.post_id = ${postId} and f.number = 1))
  `;
}
