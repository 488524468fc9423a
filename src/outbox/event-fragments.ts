/**
 * SQL: a part of a `with` that appends events in the statement of the change that they describe,
 * and notifies the relays.
 * @param event SQL expression of the name
 * @param ids SQL expression of a JSON object
 * @param rows the text after `from`, which yields one row per event
 */
export function appendEventCte(event: string, ids: string, rows: string): string {
  return `
    event as (
      insert into outbox (event, ids)
      select ${event}, ${ids}
      from ${rows}
      returning pg_notify('outbox', '')
    )`;
}
