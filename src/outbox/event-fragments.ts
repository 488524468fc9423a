/**
 * SQL: a part of a `with` that appends events in the statement of the change that they describe.
 * @param event SQL expression of the name
 * @param ids SQL expression of a JSON object
 * @param rows the text after `from`, which yields one row per event
 * @param notifies whether the commit notifies the relays; otherwise `RelaySignal` must afterwards
 */
export function appendEventCte(event: string, ids: string, rows: string, notifies = true): string {
  return `
    event as (
      insert into outbox (event, ids)
      select ${event}, ${ids}
      from ${rows}
      ${notifies ? `returning pg_notify('outbox', '')` : ''}
    )`;
}
