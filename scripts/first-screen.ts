import * as yup from 'yup';

/** What JavaScript and CSS of the first screen may weigh as transferred, in bytes. */
export const FIRST_SCREEN_LIMIT = 250_000;

/** What the browser loads before the inbox stands there: the page, the frame around the screens, the inbox. */
const SCREEN = ['index.html', 'shell/app-shell.vue', 'screens/inbox/inbox-screen.vue'] as const;
/** Where there is room beside the list, the first case opens by itself. */
const CASE = 'screens/inbox/item/item-pane.vue';
/** One of them comes with it: its labels and its sentences. */
const LANGUAGES = [
  ['i18n/de.ts', '../words/de.ts'],
  ['i18n/en.ts', '../words/en.ts'],
] as const;

const Manifest = yup.lazy((entries: Readonly<Record<string, unknown>>) =>
  yup
    .object(
      Object.fromEntries(
        Object.keys(entries).map((key) => [
          key,
          yup
            .object({
              file: yup.string().required(),
              css: yup.array(yup.string().required()),
              imports: yup.array(yup.string().required()),
            })
            .required(),
        ]),
      ),
    )
    .required(),
);

type Chunk = {
  readonly file: string;
  readonly css?: readonly string[] | undefined;
  readonly imports?: readonly string[] | undefined;
};

/** What the first screen weighs in bytes: the list alone, as on a phone, and with the first case beside it. */
export type FirstScreen = { readonly list: number; readonly withCase: number };

/**
 * How much the first screen weighs in its heavier language: every file that is loaded without anybody doing anything.
 * @param manifest Vite's, as parsed. @param sizeOf bytes of a file as it is transferred.
 * @throws Error when an entry is missing: a renamed screen must not make the page look lighter.
 */
export function firstScreenBytes(manifest: unknown, sizeOf: (file: string) => number): FirstScreen {
  const chunks = new Map<string, Chunk>(Object.entries(Manifest.validateSync(manifest)));
  const weigh = (entries: readonly string[]) => {
    const weights = LANGUAGES.map((language) => {
      const files = filesOf(chunks, [...entries, ...language]);
      return [...files].reduce((sum, file) => sum + sizeOf(file), 0);
    });
    return Math.max(...weights);
  };
  return { list: weigh(SCREEN), withCase: weigh([...SCREEN, CASE]) };
}

function filesOf(chunks: ReadonlyMap<string, Chunk>, entries: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = chunks.get(key);
    if (!chunk)
      throw new Error(`The build has no ${key}; scripts/first-screen.ts names what is loaded first`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const entry of entries) visit(entry);
  return files;
}
