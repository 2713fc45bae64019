import type { Said } from './actions.js';
import { h, Markup, NOTHING } from './markup.js';
import type { EntryLine, SheetLine, TicketLine, ZammadSide } from './reading.js';
import { STYLE } from './style.js';
import { fill, hours, TEXTS, type Language } from './texts.js';

export type View = {
  readonly language: Language;
  readonly timebridgeUrl: string | null;
  readonly said: Said | null;
  /** Null: not reachable. */
  readonly zammad: ZammadSide | null;
  readonly kimai: readonly SheetLine[] | null;
  readonly kimaiUrl: string;
  readonly hasChapter: boolean;
};

function when(view: View, at: string): string {
  const date = new Date(at.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  const style = {
    day: 'numeric',
    month: view.language === 'de' ? 'numeric' : 'short',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  const locale = view.language === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'Europe/Berlin' }).format(date);
}

function inTimebridge(view: View, ticketNumber: string | null): Markup {
  if (view.timebridgeUrl === null || ticketNumber === null) return NOTHING;
  const url = `${view.timebridgeUrl}/inbox?q=${encodeURIComponent(`#${ticketNumber}`)}`;
  return h`<a href="${url}">${TEXTS[view.language].see}</a>`;
}

/** A form with one button; `fields` are hidden, `inputs` come before the button. */
function deed(
  view: View,
  action: string,
  button: string,
  fields: Readonly<Record<string, string | number>>,
  inputs: Markup = NOTHING,
): Markup {
  const hidden = Object.entries(fields).map(
    ([name, value]) => h`<input type="hidden" name="${name}" value="${value}">`,
  );
  return h`<form method="post" action="/play/${action}?lang=${view.language}">${hidden}${inputs}<button>${button}</button></form>`;
}

function minutesInput(view: View, value: number, about: string): Markup {
  const label = `${TEXTS[view.language].minutes}, ${about}`;
  return h`<input name="minutes" inputmode="decimal" value="${value}" aria-label="${label}" required>`;
}

function entryItem(view: View, entry: EntryLine): Markup {
  const t = TEXTS[view.language];
  const facts = { id: entry.id, number: entry.ticket.number };
  const about = `#${entry.ticket.number}`;
  const line = [entry.person, entry.type ?? t.noType, when(view, entry.at)].join(' · ');
  return h`<li><span class="t"><a href="/#ticket/zoom/${entry.ticket.id}">${about}</a> ${entry.ticket.title}</span>
<span class="h">${hours(entry.minutes)}</span><span class="s">${line}</span>
<span class="do">${deed(view, 'correct', t.correct, facts, minutesInput(view, entry.minutes, about))}${deed(view, 'remove', t.remove, facts)}${inTimebridge(view, entry.ticket.number)}</span></li>`;
}

function sheetItem(view: View, sheet: SheetLine): Markup {
  const t = TEXTS[view.language];
  const facts = { id: sheet.id, begin: sheet.begin, number: sheet.ticketNumber ?? '' };
  const line = [sheet.place, sheet.person, when(view, sheet.begin)].join(' · ');
  const minutes = minutesInput(view, sheet.minutes, `Kimai ${sheet.id}`);
  const deeds = sheet.exported
    ? h`${t.exported}`
    : h`${deed(view, 'change', t.change, facts, minutes)}${deed(view, 'export', t.exportIt, facts)}${deed(view, 'remove-sheet', t.remove, facts)}`;
  return h`<li><span class="t">${sheet.description || '–'}</span><span class="h">${hours(sheet.minutes)}</span>
<span class="s">${line}</span><span class="do">${deeds} ${inTimebridge(view, sheet.ticketNumber)}</span></li>`;
}

function ticketChoices(tickets: readonly TicketLine[]): Markup {
  return h`<datalist id="tickets">${tickets.map((ticket) => h`<option value="#${ticket.number} ${ticket.title}"></option>`)}</datalist>`;
}

function bookForm(view: View, side: ZammadSide): Markup {
  const t = TEXTS[view.language];
  const option = ({ id, name }: { readonly id: number; readonly name: string }): Markup =>
    h`<option value="${id}">${name}</option>`;
  return h`<h3>${t.bookTitle}</h3><form class="sheet" method="post" action="/play/book?lang=${view.language}">
<label class="wide">${t.ticket}<input name="ticket" list="tickets" autocomplete="off" required></label>
<label>${t.person}<select name="person">${side.people.map(option)}</select></label>
<label>${t.type}<select name="type">${side.types.map(option)}<option value="">${t.noType}</option></select></label>
<label>${t.minutes}<input name="minutes" inputmode="decimal" value="30" required></label>
<button class="p wide">${t.book}</button></form>`;
}

function mergeForm(view: View): Markup {
  const t = TEXTS[view.language];
  return h`<h3>${t.mergeTitle}</h3><form class="sheet" method="post" action="/play/merge?lang=${view.language}">
<label class="half">${t.mergeFrom}<input name="source" list="tickets" autocomplete="off" required></label>
<label class="half">${t.mergeInto}<input name="target" list="tickets" autocomplete="off" required></label>
<button class="wide" style="justify-self:start">${t.merge}</button></form>`;
}

function heading(view: View, system: string, up: boolean): Markup {
  const t = TEXTS[view.language];
  return h`<h2>${system}<span class="state${up ? '' : ' down'}">${up ? t.isUp : t.isDown}</span></h2>`;
}

function downRow(view: View, system: 'Zammad' | 'Kimai', up: boolean): Markup {
  const t = TEXTS[view.language];
  const fields = { system: system.toLowerCase(), down: String(up) };
  return h`<div class="trouble">${deed(view, 'down', `${system} ${up ? t.takeDown : t.bringUp}`, fields)}</div>`;
}

function zammadHalf(view: View): Markup {
  const t = TEXTS[view.language];
  const side = view.zammad;
  if (!side) {
    return h`<section>${heading(view, 'Zammad', false)}<p class="none">${fill(t.unreachable, { system: 'Zammad' })}</p>${downRow(view, 'Zammad', false)}</section>`;
  }
  const lost = h`<div class="trouble">${deed(view, 'lose-webhook', t.loseWebhook, {})}<p>${t.loseWebhookHelp}</p></div>`;
  const list =
    side.entries.length > 0
      ? h`<ul>${side.entries.map((entry) => entryItem(view, entry))}</ul>`
      : h`<p class="none">${t.empty}</p>`;
  return h`<section>${heading(view, 'Zammad', true)}${ticketChoices(side.tickets)}${bookForm(view, side)}
<h3>${t.latestEntries}</h3>${list}${mergeForm(view)}<h3>${t.troubles}</h3>${downRow(view, 'Zammad', true)}${lost}</section>`;
}

function kimaiHalf(view: View): Markup {
  const t = TEXTS[view.language];
  const rows = view.kimai;
  if (!rows) {
    return h`<section>${heading(view, 'Kimai', false)}<p class="none">${fill(t.unreachable, { system: 'Kimai' })}</p>${downRow(view, 'Kimai', false)}</section>`;
  }
  const list =
    rows.length > 0
      ? h`<ul>${rows.map((sheet) => sheetItem(view, sheet))}</ul>`
      : h`<p class="none">${t.emptyKimai}</p>`;
  const lose = h`<div class="trouble">${deed(view, 'lose-answer', t.loseAnswer, {})}<p>${t.loseAnswerHelp}</p></div>`;
  return h`<section>${heading(view, 'Kimai', true)}<h3>${t.latestSheets}</h3>${list}
<h3>${t.troubles}</h3>${downRow(view, 'Kimai', true)}${lose}</section>`;
}

function saidLine(view: View): Markup {
  if (!view.said) return NOTHING;
  const { text, good, ticketNumber } = view.said;
  return h`<p class="said${good ? '' : ' bad'}" role="status">${text} ${inTimebridge(view, ticketNumber)}</p>`;
}

/** The whole page. */
export function playPage(view: View): string {
  const t = TEXTS[view.language];
  const other = view.language === 'de' ? 'en' : 'de';
  const home =
    view.timebridgeUrl === null ? NOTHING : h`<a href="${view.timebridgeUrl}">${t.toTimebridge}</a>`;
  const chapter = view.hasChapter
    ? h`<div class="trouble">${deed(view, 'chapter', t.chapter, {})}<p>${t.chapterHelp}</p></div>`
    : NOTHING;
  const style = new Markup(`<style>${STYLE}</style>`);
  return h`<!doctype html><html lang="${view.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${t.title}: Zammad, Kimai</title>${style}</head><body>
<header><h1>${t.title}</h1><nav>${home}<a href="${view.kimaiUrl}">Kimai</a><a href="/play?lang=${other}" lang="${other}">${t.other}</a></nav></header>
<p class="lead">${t.lead}</p>${saidLine(view)}${chapter}<main>${zammadHalf(view)}${kimaiHalf(view)}</main></body></html>`
    .html;
}
