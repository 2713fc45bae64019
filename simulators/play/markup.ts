import { escapeHtml } from '../kit/index.js';

/** HTML that is safe to send: made by {@link h} alone. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = Markup | string | number | readonly Markup[];

function shown(part: Part): string {
  if (part instanceof Markup) return part.html;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map((one) => one.html).join('');
}

/** HTML from a template; whatever is filled in is escaped unless it is markup itself. */
export function h(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    pieces.reduce(
      (html, piece, at) => `${html}${piece}${at < parts.length ? shown(parts[at] ?? '') : ''}`,
      '',
    ),
  );
}

export const NOTHING = new Markup('');
