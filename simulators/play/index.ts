import { type Call, type Handler, html, redirect, type Reply } from '../kit/index.js';
import { HandsFailed, KimaiHands, ZammadHands } from '../worlds/demo/hands.js';
import { act, type Said } from './actions.js';
import { playPage, type View } from './page.js';
import { readKimai, readZammad } from './reading.js';
import { chooseLanguage, TEXTS, type Language } from './texts.js';

export type PlayOptions = {
  readonly zammadUrl: () => string;
  readonly kimaiUrl: () => string;
  /** Where Timebridge's pages are, without a slash at the end; null hides the links. */
  readonly timebridgeUrl: string | null;
  /** Whether the world has a second chapter. */
  readonly hasChapter?: boolean;
};

/** So many results are kept for the page that follows an action. */
const KEPT = 50;

/** What the reader is not shown because the system does not answer; anything else is a fault of ours. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof HandsFailed) return null;
    throw cause;
  }
}

/** A form of another site must not act here. */
function isForeign(call: Call): boolean {
  const origin = call.headers.origin;
  return (
    origin !== undefined &&
    origin !== 'null' &&
    !(URL.canParse(origin) && new URL(origin).host === call.headers.host)
  );
}

/** The page where a newcomer plays both systems: mounted at `/play`, it works while they are down. */
export function createPlay(options: PlayOptions): Handler {
  const results = new Map<string, Said>();
  let count = 0;
  const players = (language: Language) => ({
    zammad: new ZammadHands(options.zammadUrl()),
    kimai: new KimaiHands(options.kimaiUrl()),
    texts: TEXTS[language],
  });

  const show = async (call: Call, language: Language): Promise<Reply> => {
    const { zammad, kimai } = players(language);
    const [left, right] = await Promise.all([orNull(readZammad(zammad)), orNull(readKimai(kimai))]);
    const view: View = {
      language,
      timebridgeUrl: options.timebridgeUrl,
      said: results.get(call.query.get('said') ?? '') ?? null,
      zammad: left,
      kimai: right,
      kimaiUrl: options.kimaiUrl(),
      hasChapter: options.hasChapter ?? true,
    };
    return html(200, playPage(view));
  };

  const perform = async (call: Call, language: Language): Promise<Reply> => {
    if (isForeign(call)) return html(403, 'Forbidden');
    const said = await act(
      players(language),
      call.path.slice('/play/'.length),
      new URLSearchParams(call.text),
    );
    if (!said) return html(404, 'Not found');
    const key = String((count += 1));
    results.set(key, said);
    results.delete(String(count - KEPT));
    return redirect(`/play?lang=${language}&said=${key}`, 303);
  };

  return (call) => {
    const language = chooseLanguage(call.query.get('lang'), call.headers['accept-language'] ?? '');
    if (call.method === 'POST') return perform(call, language);
    return call.path === '/play' ? show(call, language) : html(404, 'Not found');
  };
}
