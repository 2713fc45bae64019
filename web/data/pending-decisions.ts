import { computed, shallowReactive, shallowRef } from 'vue';

/** A decision that is on its way or not carried out yet: as long as it waits it can be taken back. */
export type PendingDecision = {
  /** Of the decision, or of the bulk of decisions. */
  readonly id: string;
  readonly conflictIds: readonly string[];
  /** Ticket or name of the case, for one decision. */
  readonly subject: string;
  readonly choice: string;
  /** When the server will carry it out; the countdown runs to it. Null until the server has answered. */
  readonly appliesAt: string | null;
  /** Takes it back, if need be once the server has it. */
  readonly withdraw: () => Promise<unknown>;
};

export type UndoNotice = { readonly tone: 'good' | 'bad'; readonly text: string };

const pending = shallowReactive(new Map<string, PendingDecision>());
/** Cases that are out of the list already although the server may still list them. */
const hidden = shallowReactive(new Map<string, number>());
/** Decisions whose end is still to be waited for; one that was taken back is no longer. */
const settling = new Set<string>();
const notice = shallowRef<UndoNotice | null>(null);

/** After the grace time the server still has to write and to close; until then its list may hold the case. */
const SETTLING_MS = 4_000;
const NOTICE_MS = 6_000;

/** Decisions under way, newest first, and the cases they have taken out of the list. */
export function usePendingDecisions() {
  return {
    pending: computed(() => [...pending.values()].reverse()),
    hiddenIds: computed<ReadonlySet<string>>(() => new Set(hidden.keys())),
    notice,
    hide,
    unhide,
    send,
    add,
    remove,
    say,
  };
}

/** Takes cases out of the list; counted, so that two reasons to hide one do not undo each other. */
function hide(ids: readonly string[]): void {
  for (const id of ids) hidden.set(id, (hidden.get(id) ?? 0) + 1);
}

function unhide(ids: readonly string[]): void {
  for (const id of ids) {
    const left = (hidden.get(id) ?? 0) - 1;
    if (left > 0) hidden.set(id, left);
    else hidden.delete(id);
  }
}

/** Shows a decision that was made and that the server does not have yet. */
function send(decision: PendingDecision): void {
  pending.set(decision.id, decision);
}

/** Keeps a decision until it is carried out, then calls `onSettled` once the list may be read again. */
function add(decision: PendingDecision & { readonly appliesAt: string }, onSettled: () => void): void {
  pending.set(decision.id, decision);
  settling.add(decision.id);
  const wait = Math.max(0, new Date(decision.appliesAt).getTime() - Date.now());
  window.setTimeout(() => pending.delete(decision.id), wait);
  window.setTimeout(() => {
    if (settling.delete(decision.id)) onSettled();
  }, wait + SETTLING_MS);
}

function remove(id: string): void {
  pending.delete(id);
  settling.delete(id);
}

/** At the end of a session: the next person starts with nothing hidden and nothing to undo. */
export function forgetPendingDecisions(): void {
  pending.clear();
  hidden.clear();
  settling.clear();
  notice.value = null;
}

function say(tone: UndoNotice['tone'], text: string): void {
  const said = { tone, text };
  notice.value = said;
  window.setTimeout(() => {
    if (notice.value === said) notice.value = null;
  }, NOTICE_MS);
}
