import type { ConflictDetail, ConflictRow } from '../data/conflicts';
import { fakeCases } from './fake-cases';

export const FAKE_GRACE_MS = 10_000;
export const FAKE_USER = {
  id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c11',
  name: 'Petra Lindner',
  email: 'petra@example.com',
  role: 'admin',
  language: 'de',
} as const;

/** Who may decide. */
export const FAKE_COLLEAGUES = [
  { id: FAKE_USER.id, name: FAKE_USER.name },
  { id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c12', name: 'Jonas Weber' },
  { id: '5f0c6a52-3f5c-4a55-9d0e-0a8a6d2f1c15', name: 'Jana Weidner' },
] as const;

export const FAKE_BRIDGE = { bridgeId: 'haupt', bridgeName: 'Zammad → Kimai' } as const;

export type FakeWorld = {
  readonly cases: Map<string, ConflictDetail>;
  loggedIn: boolean;
  /** Paused connectors show the banner. */
  paused: boolean;
  /** Whose week it is; null: nobody takes turns. */
  onDuty: { readonly id: string; readonly name: string } | null;
  readonly change: (id: string, changes: Partial<ConflictRow>) => void;
  readonly onChange: (listener: (ids: readonly string[]) => void) => void;
};

export function createFakeWorld(cases: readonly ConflictDetail[] = fakeCases(new Date())): FakeWorld {
  const byId = new Map(cases.map((detail) => [detail.conflict.id, detail]));
  const listeners: ((ids: readonly string[]) => void)[] = [];
  return {
    cases: byId,
    loggedIn: true,
    paused: false,
    onDuty: null,
    change: (id, changes) => {
      const detail = byId.get(id);
      if (!detail) return;
      byId.set(id, { ...detail, conflict: { ...detail.conflict, ...changes } });
      for (const listener of listeners) listener([id]);
    },
    onChange: (listener) => listeners.push(listener),
  };
}
