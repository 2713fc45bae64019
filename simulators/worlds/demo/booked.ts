import { entriesOfTicket } from '../../zammad/row-index.js';
import { STATE } from '../../zammad/base-world.js';
import type { EntryRow, TicketRow, ZammadWorld } from '../../zammad/world.js';
import { localDate } from './calendar.js';
import { AGENTS, ORGANIZATIONS, UNMAPPED, type Agent, type Organization } from './company.js';

/** A positive Zammad entry with what it takes to write it into Kimai by hand. */
export type Booked = {
  readonly entry: EntryRow;
  readonly ticket: TicketRow;
  readonly agent: Agent;
  readonly organization: Organization;
  readonly day: string;
  readonly minutes: number;
};

/** The positive entries of the world, oldest first. */
export function bookedEntries(world: ZammadWorld): Booked[] {
  return Object.values(world.entries).flatMap((entry) => {
    const ticket = world.tickets[entry.ticket_id];
    const agent = AGENTS.find((candidate) => candidate.zammadId === entry.created_by_id);
    const organization = ORGANIZATIONS.find((candidate) => candidate.zammadId === ticket?.organization_id);
    if (!ticket || !agent || !organization || entry.time_unit <= 0) return [];
    const day = localDate(new Date(entry.created_at));
    return [{ entry, ticket, agent, organization, day, minutes: entry.time_unit / 100 }];
  });
}

/** True when person, organization and activity type are all mapped. */
export function isMapped({ agent, organization, entry }: Booked): boolean {
  return (
    agent.key !== UNMAPPED.agentKey &&
    organization.zammadId !== UNMAPPED.organizationId &&
    entry.type_id !== UNMAPPED.typeId
  );
}

/** True for the only entry of a ticket that was not merged: what a row in Kimai can be told apart by. */
export function standsAlone(world: ZammadWorld, { ticket }: Booked): boolean {
  return ticket.state_id !== STATE.merged && entriesOfTicket(world, ticket.id).length === 1;
}
