import { readCatalogue, type CatalogueEntry } from '../../db/stores/catalogue-view.js';
import type { Session } from '../../db/sql.js';
import type { ConflictFacts } from '../../domain/conflict.js';

export type Named = { id: string; name: string | null };

/** What Kimai's ids in a case are called. */
export type Names = {
  user(id: string): Named;
  project(id: string): Named;
  /** Of a project; null when the project is unknown. */
  customerOf(projectId: string): Named | null;
  /** In which a project's customer is billed; null when Kimai did not tell. */
  currencyOf(projectId: string): string | null;
  activity(id: string): Named;
};

/** Looks up every id that the facts of a case name, three statements in all. */
export async function readNames(session: Session, connectorId: string, facts: ConflictFacts): Promise<Names> {
  const ids = idsIn(facts);
  const [users, projects, activities] = await Promise.all([
    readCatalogue(session, connectorId, 'user', ids.users),
    readCatalogue(session, connectorId, 'project', ids.projects),
    readCatalogue(session, connectorId, 'activity', ids.activities),
  ]);
  const named = (items: ReadonlyMap<string, CatalogueEntry>) => (id: string) => ({
    id,
    name: items.get(id)?.name ?? null,
  });
  return {
    user: named(users),
    project: named(projects),
    activity: named(activities),
    currencyOf: (projectId) => projects.get(projectId)?.currency ?? null,
    customerOf: (projectId) => {
      const project = projects.get(projectId);
      return project === undefined || project.parentId === null
        ? null
        : { id: project.parentId, name: project.parentName };
    },
  };
}

function idsIn(facts: ConflictFacts) {
  const records = [
    ...[facts.base, facts.source, facts.target].filter((side) => side !== null),
    ...facts.candidates.map(({ timesheet }) => timesheet),
  ];
  const all = (pick: (record: (typeof records)[number]) => string | null) =>
    records.map(pick).filter((id) => id !== null);
  return {
    users: all((record) => record.userId),
    projects: all((record) => record.projectId),
    activities: all((record) => record.activityId),
  };
}
