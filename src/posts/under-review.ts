/**
 * SQL condition: post `id` is the subject of an open report, case or appeal. Its text is retained
 * until that is closed.
 */
export function underReview(id: string): string {
  return `(exists (select 1 from review_cases rc where rc.post_id = ${id} and rc.state = 'open')
    or exists (select 1
      from decisions d
      join review_cases rc on rc.decision_id = d.id
      where d.post_id = ${id} and rc.state = 'open'))`;
}
