import { dutyAt, type Rota, type RotaPerson } from '../../domain/rota.js';
import { rows, type Session } from '../sql.js';

/** People of a bridge's list in the order of their turns; one that no longer exists is left out. */
const PEOPLE = `(select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name,
    'active', u.active and u.role <> 'viewer') order by p.place), '[]'::jsonb)
  from jsonb_array_elements_text(b.duty -> 'people') with ordinality p (id, place) join users u on u.id = p.id::uuid)`;

/** The rotas of all bridges that have one. */
export const listRotas = (session: Session): Promise<Rota[]> =>
  rows<Rota>(
    session,
    `select b.id as "bridgeId", b.name as "bridgeName", b.schedule ->> 'timeZone' as "timeZone",
       b.duty ->> 'since' as since, ${PEOPLE} as people
     from bridges b where jsonb_array_length(b.duty -> 'people') > 0 order by lower(b.name), b.id`,
  );

export type OnDuty = {
  readonly bridgeId: string;
  readonly bridgeName: string;
  readonly person: RotaPerson;
};

/** Who is on duty where; bridges without anybody are left out. */
export const peopleOnDuty = async (session: Session, at: Date): Promise<OnDuty[]> =>
  (await listRotas(session)).flatMap((rota) => {
    const { current } = dutyAt(rota, at.getTime());
    return current ? [{ bridgeId: rota.bridgeId, bridgeName: rota.bridgeName, person: current }] : [];
  });
