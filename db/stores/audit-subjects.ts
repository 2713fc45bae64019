import { rows, type Session } from '../sql.js';
import type { AuditItem } from './audit-view.js';

type Subject = Pick<AuditItem, 'subjectKind' | 'subjectId' | 'bridgeId'>;
export const subjectKey = ({ subjectKind, subjectId, bridgeId }: Subject): string =>
  [subjectKind, subjectId, bridgeId].join('\n');

/** How each kind of subject is found by its ids (`$1`), and what people call it. */
const NAMED_BY: Readonly<Record<string, string>> = {
  conflict: `select c.id::text as id, coalesce('#' || c.ticket_number || coalesce(' ' || c.ticket_title, ''),
    c.facts -> 'gap' ->> 'name') as name from conflicts c where c.id = any($1::bigint[])`,
  entry: `select e.id::text as id, '#' || t.number || coalesce(' ' || t.title, '') as name from time_entries e
    join tickets t on t.connector_id = e.connector_id and t.ticket_id = e.ticket_id where e.id = any($1::bigint[])`,
  bridge: 'select id, name from bridges where id = any($1::text[])',
  connector: 'select id, name from connectors where id = any($1::text[])',
  user: 'select id::text as id, name from users where id::text = any($1::text[])',
  api_token: 'select id::text as id, name from api_tokens where id::text = any($1::text[])',
};

const isNumbered = (kind: string): boolean => kind === 'conflict' || kind === 'entry';

/** What the subjects of audit records are called now, by `subjectKey`; one that has no name, or is gone, is missing. */
export async function nameSubjects(
  session: Session,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>();
  for (const [kind, sql] of Object.entries(NAMED_BY)) {
    const own = subjects.filter(({ subjectKind }) => subjectKind === kind);
    if (own.length === 0) continue;
    const ids = [...new Set(own.map(({ subjectId }) => subjectId))].filter(
      (id) => !isNumbered(kind) || /^\d{1,18}$/.test(id),
    );
    const found = await rows<{ id: string; name: string | null }>(session, sql, [ids]);
    const names = new Map(found.map(({ id, name }) => [id, name]));
    for (const subject of own) {
      const name = names.get(subject.subjectId);
      if (name) named.set(subjectKey(subject), name);
    }
  }
  await nameMappings(
    session,
    subjects.filter(({ subjectKind }) => subjectKind === 'mapping'),
    named,
  );
  return named;
}

/** A mapping is named by what it maps: `customers/organization:8`, or the key of a customer alone. */
async function nameMappings(
  session: Session,
  subjects: readonly Subject[],
  named: Map<string, string>,
): Promise<void> {
  const parts = subjects.flatMap((subject) => {
    const [, kind = 'customers', key = ''] =
      /^(?:(activities|users|customers)\/)?(.*)$/s.exec(subject.subjectId) ?? [];
    return subject.bridgeId === null ? [] : [{ subject, bridgeId: subject.bridgeId, kind, key }];
  });
  if (parts.length === 0) return;
  const found = await rows<{ ix: number; name: string | null }>(
    session,
    `select m.ix::int as ix, coalesce(i.name, t.name) as name
     from unnest($1::text[], $2::text[], $3::text[]) with ordinality as m (bridge_id, kind, key, ix)
     join bridges b on b.id = m.bridge_id
     left join catalogue_items i on i.connector_id = b.source_connector_id
       and (i.kind, i.external_id) = (case m.kind when 'activities' then 'activity_type' when 'users' then 'user'
         else 'organization' end, case when m.kind = 'customers' then substring(m.key from '^organization:(.*)$') else m.key end)
     left join lateral (select coalesce(t.organization_name, t.customer_name) as name from tickets t
       where m.kind = 'customers' and i.name is null and t.connector_id = b.source_connector_id
         and m.key = case when t.organization_id is null then 'customer:' || t.customer_id
           else 'organization:' || t.organization_id end limit 1) t on true`,
    [parts.map(({ bridgeId }) => bridgeId), parts.map(({ kind }) => kind), parts.map(({ key }) => key)],
  );
  for (const { ix, name } of found) {
    const part = parts[ix - 1];
    if (part && name) named.set(subjectKey(part.subject), name);
  }
}
