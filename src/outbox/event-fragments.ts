/**
 * SQL: a part of a `with` that stores events in the statement of the change that they describe, and
 * notifies the relays.
 * @param event the name, as SQL
 * @param ids a JSON object, as SQL
 * @param rows what follows `from`: one event for each
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
