import type { Fact } from '../../domain/reason.js';
import { rows, type Session } from '../sql.js';

export type AuditFilter = {
  readonly bridge?: string | undefined;
  readonly run?: string | undefined;
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly actor?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only older records than this id. */
  readonly before?: string | undefined;
};

export type AuditItem = {
  readonly id: string;
  readonly at: Date;
  readonly bridgeId: string | null;
  readonly runId: string | null;
  readonly actorKind: 'person' | 'rule' | 'policy' | 'system';
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly details: Readonly<Record<string, Fact>> | null;
  readonly sequence: string | null;
};

/** The newest records first. Filters by column, each with its own operator; what is left out does not filter. */
export async function listAudit(session: Session, filter: AuditFilter, limit: number): Promise<AuditItem[]> {
  const bind: unknown[] = [];
  const parts = ['true'];
  const by = (condition: string, value: unknown) => {
    if (value !== undefined) parts.push(`${condition} $${bind.push(value)}`);
  };
  by('a.bridge_id =', filter.bridge);
  by('a.run_id =', filter.run);
  by('a.action =', filter.action);
  by('a.subject_kind =', filter.subjectKind);
  by('a.subject_id =', filter.subjectId);
  // A rule acts as one of its revisions.
  by(`split_part(a.actor_id, '/', 1) =`, filter.actor);
  by('a.at >=', filter.from);
  by('a.at <', filter.to);
  by('a.id <', filter.before);
  return rows<AuditItem>(
    session,
    `select a.id, a.at, a.bridge_id as "bridgeId", a.run_id as "runId", a.actor_kind as "actorKind",
       a.actor_id as "actorId", coalesce(u.name, r.name, k.actor_name) as "actorName", a.action, a.subject_kind as "subjectKind",
       a.subject_id as "subjectId", d.details, a.sequence
     from audit_logs a left join audit_details d on d.audit_id = a.id
     left join users u on a.actor_kind = 'person' and u.id::text = a.actor_id
     left join rules r on a.actor_kind = 'rule' and r.id::text = split_part(a.actor_id, '/', 1)
     left join decisions k on a.actor_kind = 'person' and k.id::text = a.actor_id
     where ${parts.join(' and ')} order by a.id desc limit $${bind.push(limit)}`,
    bind,
  );
}
