// The targets of a campaign by name, and the kind of record that reaches them.
import { normal } from "../kit/fold";
import { memo } from "../kit/memo";
import type { Assignment, Campaign, Shape } from "./assignment";
import { whereOf } from "./people";
import { dueOf } from "./reached";

export interface Target {
  code: string;
  name: string;
  detail: string;
  text: string; // folded, as it is searched
}

const PATROLLED = "venues.patrolled";

/** The kind of record that reaches the targets: of the campaign's own measure, and about its subject. */
export function kindOf(campaign: Campaign, shapes: Iterable<Shape>): string | undefined {
  const [measure] = campaign.kind.split(".");
  const about = [...shapes].filter((shape) => shape.measure === measure && [...shape.needs, ...shape.one_of].includes(campaign.subject));
  const patrolled = campaign.kind === "venues.patrol" ? about.find((shape) => shape.kind === PATROLLED) : undefined;
  return (patrolled ?? about.find((shape) => shape.needs.includes(campaign.subject)) ?? about[0])?.kind;
}

/** The due targets, made once for an assignment. */
export const targetsOf = memo((assignment: Assignment, campaign: Campaign): Target[] => {
  const excused = new Set(campaign.excused);
  return dueOf(campaign, assignment).filter((code) => !excused.has(code)).map((code) => targetOf(assignment, campaign, code));
});

const places = memo((assignment: Assignment) => new Map(assignment.places.map((place) => [place.code, place])));

function targetOf(assignment: Assignment, campaign: Campaign, code: string): Target {
  const [name, detail] = wordsOf(assignment, campaign, code);
  return { code, name: name || code, detail, text: normal(`${name}${detail}${code}`) };
}

function wordsOf(assignment: Assignment, campaign: Campaign, code: string): [name: string, detail: string] {
  if (campaign.subject === "place") {
    const place = places(assignment).get(code);
    return [place?.name ?? "", assignment.areas.size > 1 && place ? assignment.areaName(place.area) : ""];
  }
  const person = campaign.subject === "person" ? assignment.persons.get(code) : undefined;
  const home = assignment.households.get(person?.household ?? code);
  const where = whereOf(home);
  return person ? [person.name, [where, person.tail && `…${person.tail}`].filter(Boolean).join(" · ")] : [home?.head ?? "", where];
}
