// How far each target of a campaign was reached: what the server told, with this phone's own records on top.
import { meantAt } from "../kit/clock";
import type { Kept, Said } from "../store/outbox";
import { type Area, type Assignment, type Campaign, FOUND, type Household } from "./assignment";

export interface Reached {
  outcome: string;
  reached: boolean;
  tries: number;
  at: string;
  mine: boolean;
}

export interface Progress {
  due: number;
  done: number;
  cannot: number; // tried, not reached
  left: number; // due, not done
}

/** Which of a phone's own records speak of a target, by the kind of the campaign. What it says when it is not here: nothing. */
interface Rule {
  kinds: string[];
  target: (said: Said) => string | undefined;
  word: (said: Said) => { outcome: string; reached: boolean };
}

const RULES: Record<string, Rule> = {
  doorknock: {
    kinds: ["doorknock.visited"],
    target: (said) => said.household,
    word: (said) => ({ outcome: String(said.data.outcome), reached: ["met", "moved", "vacant"].includes(String(said.data.outcome)) }),
  },
  "testing.round": { kinds: ["testing.sampled"], target: (said) => said.person, word: () => ({ outcome: "sampled", reached: true }) },
  "venues.patrol": { kinds: ["venues.patrolled"], target: (said) => said.place, word: () => ({ outcome: "patrolled", reached: true }) },
};

/** The records that stand: what was voided or corrected is out, the correction stands in its place. */
export function standing(own: Kept[]): Kept[] {
  const good = own.filter((each) => !["rejected", "conflict"].includes(each.row.standing));
  const withdrawn = new Set(good.map((each) => each.said.corrects).filter(Boolean));
  return good.filter((each) => !withdrawn.has(each.said.id) && each.said.kind !== "ledger.voided");
}

/** The latest word on each target of a campaign. */
export function reachOf(campaign: Campaign, assignment: Assignment, own: Kept[]): Map<string, Reached> {
  const found = new Map<string, Reached>();
  for (const [code, target, outcome, reached, tries, at] of assignment.reach) {
    if (code === campaign.code) found.set(target, { outcome, reached: reached === 1, tries, at, mine: false });
  }
  const rule = RULES[campaign.kind];
  if (!rule) return found;
  const withdrawn = new Set(own.map((each) => each.said.corrects).filter(Boolean));
  for (const { said } of own) {
    const target = rule.kinds.includes(said.kind) ? rule.target(said) : undefined;
    if (target && withdrawn.has(said.id) && found.get(target)?.at === meantAt(said)) found.delete(target);
  }
  for (const { said } of standing(own)) {
    if (!rule.kinds.includes(said.kind) || !within(campaign, said)) continue;
    const target = rule.target(said);
    if (!target) continue;
    const before = found.get(target);
    const at = meantAt(said);
    if (before && before.at >= at) continue;
    found.set(target, { ...rule.word(said), tries: (before?.tries ?? 0) + 1, at, mine: true });
  }
  return found;
}

function within(campaign: Campaign, said: Said): boolean {
  const at = meantAt(said);
  const round = campaign.kind !== "testing.round" || !said.data.round || said.data.round === campaign.code;
  return round && at >= instant(campaign.from) && at < instant(campaign.to);
}

function instant(at: string | number): string {
  return new Date(at).toISOString();
}

/** The codes that are due in a campaign, in the order in which one walks. A household that no list knew is due in every sweep of its area. */
export function dueOf(campaign: Campaign, assignment: Assignment): string[] {
  const inside = (each: { area: string }) => isInside(each.area, campaign, assignment.areas);
  if (campaign.subject === "household") return dueHouseholds(campaign, assignment.households, assignment.areas);
  if (campaign.due) return campaign.due;
  if (campaign.subject === "person") return [...assignment.persons.values()].filter(inside).map((each) => each.code);
  return assignment.places.filter(inside).map((each) => each.code);
}

/** The same for households, from what they follow from. */
export function dueHouseholds(campaign: Campaign, households: Map<string, Household>, areas: Map<string, Area>): string[] {
  const inside = [...households.values()].filter((each) => isInside(each.area, campaign, areas)).map((each) => each.code);
  return campaign.due ? [...new Set([...campaign.due, ...inside.filter((code) => code.startsWith(FOUND))])] : inside;
}

/** Whether an area is the campaign's or lies in it. */
export function isInside(area: string, campaign: Campaign, areas: Map<string, Area>): boolean {
  return area.startsWith(campaign.area) || isUnder(area, campaign.area, areas);
}

/** Whether an area is another one or lies below it. */
export function isUnder(area: string, ancestor: string, areas: Map<string, Area>): boolean {
  for (let at: string | undefined = area; at; at = areas.get(at)?.parent) if (at === ancestor) return true;
  return false;
}

export function progressOf(campaign: Campaign, due: string[], reach: Map<string, Reached>): Progress {
  const excused = new Set(campaign.excused);
  const counted = due.filter((code) => !excused.has(code));
  const done = counted.filter((code) => reach.get(code)?.reached).length;
  const cannot = counted.filter((code) => reach.has(code) && !reach.get(code)?.reached).length;
  return { due: counted.length, done, cannot, left: counted.length - done };
}
