import type { Request } from 'express';
import { textQuery } from '../../http/request.js';

/** The query of a case's address with its text open. */
export const TEXT_OPEN = '?words=open';

/** Whether the page of a case shows the text, or the form comes from a page that shows it. */
export function showsText(req: Request): boolean {
  return textQuery(req, 'words') === 'open';
}

/**
 * The address of a case for returning there after a form, with its text still open if it was: who
 * takes a case or adds a note would otherwise have to open it again before deciding.
 * @param anchor with its `#`
 */
export function backToCase(req: Request, id: string, anchor = ''): string {
  return `/mod/cases/${id}${showsText(req) ? TEXT_OPEN : ''}${anchor}`;
}
