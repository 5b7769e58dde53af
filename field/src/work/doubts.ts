// What speaks against taking a person's swab now: said at once, and overruled by a deliberate press alone.
import { meantAt } from "../kit/clock";
import type { Kept } from "../store/outbox";
import type { Campaign, Person } from "./assignment";
import { ageOn } from "./people";
import type { Pool } from "./pool";
import { standing } from "./reached";
import type { Reached } from "./reached";

export type Doubt =
  | { why: "again"; at: string; tube: string } // sampled in this round; the tube where this phone did it
  | { why: "excused" }
  | { why: "vaccinated"; at: string; wait_h: number }
  | { why: "exempt"; under: number };

/** What the pack says of swabs; undefined where it says nothing. */
export interface SwabRules {
  post_vaccination_wait_h: number | undefined;
  exempt_age_under: number | undefined;
}

export interface Facts {
  campaign: Campaign;
  reach: Map<string, Reached>;
  pools: Map<string, Pool>;
  own: Kept[];
  doses: Map<string, string>; // when the server knows of a late dose, by person
  rules: SwabRules;
  now: number; // ms
  today: string;
}

const VACCINATED = /^vaccinated:(\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The first thing that speaks against it; undefined where nothing does. `person` is undefined for somebody whom this phone does not know. */
export function doubtOf(code: string, person: Person | undefined, facts: Facts): Doubt | undefined {
  const { campaign, rules } = facts;
  const earlier = alreadyIn(code, facts);
  if (earlier) return earlier;
  if (campaign.excused.includes(code)) return { why: "excused" };
  const wait = rules.post_vaccination_wait_h;
  const dose = wait === undefined ? undefined : lastDose(code, person, facts);
  if (wait !== undefined && dose && facts.now < dose.until + wait * HOUR) return { why: "vaccinated", at: dose.at, wait_h: wait };
  const age = person && ageOn(person.born, facts.today);
  if (age && rules.exempt_age_under !== undefined && age.most < rules.exempt_age_under)
    return { why: "exempt", under: rules.exempt_age_under };
  return undefined;
}

function alreadyIn(code: string, facts: Facts): Doubt | undefined {
  for (const pool of facts.pools.values()) {
    const swab = pool.round === facts.campaign.code ? pool.swabs.find((each) => each.person === code) : undefined;
    if (swab) return { why: "again", at: swab.at, tube: pool.tube };
  }
  const reached = facts.reach.get(code);
  return reached?.reached ? { why: "again", at: reached.at, tube: "" } : undefined;
}

/** The last dose that the server, the register's tags or this phone's records tell of.
 * Of a bare day the dose may have been given until it ended. */
function lastDose(code: string, person: Person | undefined, facts: Facts): { at: string; until: number } | undefined {
  const doses = standing(facts.own).filter(({ said }) => said.kind === "vaccination.given" && said.person === code);
  const given = doses.map(({ said }) => meantAt(said));
  const told = (person?.tags ?? []).flatMap((tag) => VACCINATED.exec(tag)?.[1] ?? []);
  const known = [...given, ...told, facts.doses.get(code) ?? ""].filter(Boolean);
  const last = known.map((at) => ({ at, until: Date.parse(at) + (at.length === 10 ? DAY : 0) }));
  return last.sort((one, other) => one.until - other.until).at(-1);
}
