import type { Choice, ConflictKind } from '../../domain/conflict';
import type { Reason } from '../../domain/reason';

/** Placeholder */
export function useWords() {
  return {
    say: (reason: Reason) => `${reason.code} ${JSON.stringify(reason.facts)}`,
    kind: (kind: ConflictKind) => kind,
    choice: (choice: Choice) => choice,
    cause: (kind: ConflictKind, cause: string) => `${kind} ${cause}`,
    meanwhile: (kind: ConflictKind) => kind,
    happened: (event: Reason & { readonly actor: { readonly name: string | null } }) => `${event.actor.name} ${event.code}`,
  };
}
