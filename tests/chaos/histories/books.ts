import type { Random } from '../../../simulators/worlds/demo/random.js';
import { AGENTS, type Company, type Sheet } from '../stage/company.js';
import type { Tally } from './tally.js';

/* What people do in Zammad and in Kimai. */

const nonEmpty = <T>(list: readonly T[]): readonly [T, ...T[]] | null => {
  const [first, ...others] = list;
  return first === undefined ? null : [first, ...others];
};

/** Rows as they stood when they were exported: nothing of ours may move them afterwards. */
export type Exported = Map<number, string>;

export class Books {
  readonly exported: Exported = new Map();

  constructor(
    private readonly company: Company,
    private readonly random: Random,
    private readonly tally: Tally,
  ) {}

  /** One thing that somebody does. Rejects with `CallFailed` while the system is down. */
  async act(): Promise<void> {
    const { random } = this;
    const acts: readonly [() => Promise<void>, number][] = [
      [() => this.#book(), 40],
      [() => this.#correct(), 14],
      [() => this.#remove(), 5],
      [() => this.#bookNegative(), 4],
      [() => this.#newTicket(), 5],
      [() => this.#editSheet(), 10],
      [() => this.#deleteSheet(), 4],
      [() => this.#export(), 6],
      [() => this.#typeByHand(), 6],
      [() => this.#writeNote(), 3],
    ];
    let at = random.next() * acts.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [act, weight] of acts) {
      at -= weight;
      if (at < 0) return act();
    }
  }

  async #book(): Promise<void> {
    const { company, random, tally } = this;
    const tickets = nonEmpty(company.tickets);
    if (tickets === null) return;
    const [agent, ticket] = [random.pick(AGENTS), random.pick(tickets)];
    const minutes = random.between(1, 120);
    const id = await company.book(agent, ticket.id, minutes);
    tally.note('Zammad: booked', `${minutes} min on ${ticket.id} as ${agent.zammadUser}: entry ${id}`);
  }

  async #bookNegative(): Promise<void> {
    const { company, random, tally } = this;
    const booked = nonEmpty((await company.entries()).filter(({ time_unit }) => Number(time_unit) > 1));
    if (booked === null) return;
    const entry = random.pick(booked);
    const agent = AGENTS.find(({ zammadUser }) => zammadUser === entry.created_by_id);
    if (agent === undefined) return;
    const minutes = -random.between(1, Number(entry.time_unit));
    const id = await company.book(agent, entry.ticket_id, minutes);
    tally.note('Zammad: booked a correction', `${minutes} min on ${entry.ticket_id}: entry ${id}`);
  }

  async #correct(): Promise<void> {
    const { company, random, tally } = this;
    const booked = nonEmpty((await company.entries()).filter(({ time_unit }) => Number(time_unit) > 0));
    if (booked === null) return;
    const { id, ticket_id } = random.pick(booked);
    const minutes = random.between(1, 120);
    await company.zammad('PUT', `/tickets/${ticket_id}/time_accountings/${id}`, { time_unit: minutes });
    tally.note('Zammad: changed', `entry ${id} to ${minutes} min`);
  }

  async #remove(): Promise<void> {
    const { company, random, tally } = this;
    const booked = nonEmpty(await company.entries());
    if (booked === null) return;
    const { id, ticket_id } = random.pick(booked);
    await company.zammad('DELETE', `/tickets/${ticket_id}/time_accountings/${id}`);
    tally.note('Zammad: deleted', `entry ${id}`);
  }

  async #newTicket(): Promise<void> {
    const { id } = await this.company.newTicket(`Fall ${this.company.tickets.length}`);
    this.tally.note('Zammad: new ticket', String(id));
  }

  async #editSheet(): Promise<void> {
    const { company, random, tally } = this;
    const sheet = await this.#pickOpenSheet();
    if (sheet === null) return;
    if (random.chance(0.3)) {
      await company.kimai('PATCH', `/timesheets/${sheet.id}`, {
        description: `${sheet.description}\nVor Ort`,
      });
      tally.note('Kimai: changed words', `row ${sheet.id}`);
      return;
    }
    const minutes = random.between(1, 90);
    const begin = sheet.begin.slice(0, 19);
    const end = new Date(Date.parse(`${begin}Z`) + minutes * 60_000).toISOString().slice(0, 19);
    await company.kimai('PATCH', `/timesheets/${sheet.id}`, { end });
    tally.note('Kimai: changed', `row ${sheet.id} to ${minutes} min`);
  }

  async #deleteSheet(): Promise<void> {
    const sheet = await this.#pickOpenSheet();
    if (sheet === null) return;
    await this.company.kimai('DELETE', `/timesheets/${sheet.id}`);
    this.tally.note('Kimai: deleted', `row ${sheet.id}`);
  }

  /** By the export screen: in bulk, and past the modification time. */
  async #export(): Promise<void> {
    const { company, random, tally } = this;
    const sheet = await this.#pickOpenSheet();
    if (sheet === null) return;
    await company.control('kimai', 'POST', '/export', { ids: [sheet.id] });
    const now = (await company.sheets()).find(({ id }) => id === sheet.id);
    if (now !== undefined) this.exported.set(sheet.id, JSON.stringify(now));
    tally.note('Kimai: exported', `row ${sheet.id}`);
    random.next();
  }

  async #typeByHand(): Promise<void> {
    const { company, random, tally } = this;
    const tickets = nonEmpty(company.tickets);
    if (tickets === null) return;
    const ticket = random.pick(tickets);
    const text = random.chance(0.5) ? `#${ticket.number} telefonisch` : 'Besprechung';
    const id = await company.typeByHand(random.pick(AGENTS).kimaiUser, random.between(1, 60), text);
    tally.note('Kimai: typed by hand', `row ${id}: ${text}`);
  }

  /** An answer to a question perhaps, or anything else. */
  async #writeNote(): Promise<void> {
    const { company, random, tally } = this;
    const tickets = nonEmpty(company.tickets);
    if (tickets === null) return;
    const { id } = random.pick(tickets);
    const note = { ticket_id: id, body: 'So ist es.', type: 'note', internal: true };
    await company.zammad('POST', '/ticket_articles', note, random.pick(AGENTS).token);
    tally.note('Zammad: wrote a note', `ticket ${id}`);
  }

  async #pickOpenSheet(): Promise<Sheet | null> {
    const open = nonEmpty((await this.company.sheets()).filter(({ exported }) => !exported));
    return open === null ? null : this.random.pick(open);
  }
}
