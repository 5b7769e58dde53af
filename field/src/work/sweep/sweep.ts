// A sweep as the screens see it: its doors section by section, how each stands, and how far the whole has come.
import { memo } from "../../kit/memo";
import type { Kept } from "../../store/outbox";
import type { Area, Assignment, Campaign, Household } from "../assignment";
import { type Reached, dueHouseholds, isInside, reachOf } from "../reached";
import { nextDoor } from "./next";
import { type Section, sectionsOf } from "./sections";
import { type State, type Tally, stateOf, tallied } from "./states";

export interface Sweep {
  campaign: Campaign;
  assignment: Assignment;
  sections: Section[];
  reach: Map<string, Reached>;
  states: Map<string, State>;
  tally: Tally;
}

const NO_ORDER: string[] = [];

/** Made anew where the register, the areas, the campaign or the order change, and not at each pull. */
const doorsOf = memo((households: Map<string, Household>, areas: Map<string, Area>, campaign: Campaign, order: string[]) => {
  const excused = new Set(campaign.excused);
  const due = new Set(dueHouseholds(campaign, households, areas).filter((code) => !excused.has(code) && households.has(code)));
  const homes = [...households.values()].filter((home) => due.has(home.code) || isInside(home.area, campaign, areas));
  return { due, homes, sections: sectionsOf(homes, order) };
});

const standingOf = memo((own: Kept[], assignment: Assignment, campaign: Campaign, homes: Household[], due: Set<string>) => {
  const reach = reachOf(campaign, assignment, own);
  const states = new Map(homes.map((home) => [home.code, stateOf(due.has(home.code), reach.get(home.code))]));
  return { reach, states, tally: tallied(states, due) };
});

/** The sweep of a campaign; undefined where the phone has no such campaign. */
export function sweepOf(assignment: Assignment, own: Kept[], code: string, order: string[] = NO_ORDER): Sweep | undefined {
  const campaign = assignment.campaigns.find((each) => each.code === code);
  if (!campaign) return undefined;
  const { due, homes, sections } = doorsOf(assignment.households, assignment.areas, campaign, order);
  return { campaign, assignment, sections, ...standingOf(own, assignment, campaign, homes, due) };
}

/** The door after this one. On a second round (`again`: the last visit before it) those where nobody was home until then. */
export function doorAfter(sweep: Sweep, from: string | undefined, again = ""): string | undefined {
  const isWanted = (code: string) => {
    if (code === from) return false;
    return again ? sweep.states.get(code) === "absent" && sweep.reach.get(code)!.at <= again : sweep.states.get(code) === "todo";
  };
  return nextDoor(sweep.sections, from, isWanted);
}

/** The section in which a door lies. */
export function sectionOf(sweep: Sweep, code: string): Section | undefined {
  return sweep.sections.find((section) => section.homes.some((home) => home.code === code));
}

/** Whether doors lie in several areas, so that a section must say in which. */
export const areaShown = memo((sections: Section[]) => new Set(sections.map((section) => section.area)).size > 1);
