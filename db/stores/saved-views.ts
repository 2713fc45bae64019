import { affected, row, rows, type Session } from '../sql.js';

export type SavedView = { readonly id: string; readonly name: string; readonly query: string };

/** A person may keep this many; with more the list helps nobody. */
export const MAX_SAVED_VIEWS = 100;

export const listSavedViews = (session: Session, userId: string): Promise<SavedView[]> =>
  rows<SavedView>(
    session,
    'select id, name, query from saved_views where user_id = $1 order by created_at, id',
    [userId],
  );

/** Undefined when the user has `MAX_SAVED_VIEWS` already. */
export const createSavedView = (
  session: Session,
  view: { readonly userId: string; readonly name: string; readonly query: string },
): Promise<SavedView | undefined> =>
  row<SavedView>(
    session,
    `insert into saved_views (user_id, name, query)
     select $1, $2, $3 where (select count(*) from saved_views where user_id = $1) < $4
     returning id, name, query`,
    [view.userId, view.name, view.query, MAX_SAVED_VIEWS],
  );

export const deleteSavedView = async (session: Session, userId: string, id: string): Promise<boolean> =>
  (await affected(session, 'delete from saved_views where id = $1 and user_id = $2 returning id', [
    id,
    userId,
  ])) > 0;
