import { computed, type ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import type { ConflictRow } from '../data/conflicts';
import { useSession } from '../data/session';
import { caseName } from '../components/case-name';
import { useFormat } from '../format/use-format';
import { useT } from '../i18n/use-t';
import { useWords } from '../i18n/use-words';
import { useKeyName } from '../keys/key-name';
import { activeShortcuts, PALETTE_KEY } from '../keys/shortcuts';
import { NAV_SECTIONS } from './nav-items';

export type Command = {
  readonly id: string;
  readonly label: string;
  /** The key that does the same, or what a case is about. */
  readonly hint: string;
  readonly run: () => void;
};

/** What can be done here, where one can go, and the cases that were found: all of it by name. */
export function useCommands(
  text: () => string,
  found: () => readonly ConflictRow[],
): ComputedRef<readonly Command[]> {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const keyName = useKeyName();
  const router = useRouter();
  const { user } = useSession();

  const actions = computed(() =>
    activeShortcuts()
      .filter(({ key, when }) => key !== PALETTE_KEY && (when?.() ?? true))
      .map(({ key, label, run }): Command => ({
        id: `key ${key} ${label}`,
        label: t(label),
        hint: keyName(key),
        run,
      })),
  );
  const places = computed(() =>
    NAV_SECTIONS.flatMap(({ items }) => items)
      .filter(({ path, adminOnly }) => {
        const allowed = adminOnly !== true || user.value?.role === 'admin';
        return allowed && router.resolve(path).name !== 'not-found';
      })
      .map(({ path, label }): Command => ({
        id: `to ${path}`,
        label: t(label),
        hint: t('palette.goTo'),
        run: () => void router.push(path),
      })),
  );
  const cases = computed(() =>
    found().map((row): Command => ({
      id: `case ${row.id}`,
      label: [caseName({ ...row, gapName: row.gap?.name ?? null }, words.kind), row.ticketTitle]
        .filter((part) => part)
        .join(' '),
      hint: [row.customerName, words.kind(row.kind), format.difference(row.secondsAtStake)]
        .filter((part) => part)
        .join(' · '),
      run: () => void router.push({ name: row.state === 'open' ? 'inbox' : 'done', params: { id: row.id } }),
    })),
  );
  return computed(() => {
    const wanted = text().toLowerCase().split(/\s+/);
    const fits = ({ label }: Command) => wanted.every((word) => label.toLowerCase().includes(word));
    // What was found was looked for by the server, also in texts that a line does not show.
    return [...actions.value.filter(fits), ...places.value.filter(fits), ...cases.value];
  });
}
