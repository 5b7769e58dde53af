// The doors of an area as they are walked: stairways of buildings, groups of villages, and what belongs to neither.
import { type Text, say, t } from "../../kit/text";
import { FOUND, type Household } from "../assignment";
import { whereOf } from "../people";
import { walkingOrder } from "./order";

export interface Section {
  key: string;
  area: string;
  building: string; // empty where it is no stairway
  unit: string;
  group: string;
  homes: Household[]; // in walking order
}

export interface Floor {
  floor: string;
  homes: Household[];
}

export function isFlat(home: Household): boolean {
  return Boolean(home.building && home.floor && home.flat);
}

/** Sections in the order in which the register first comes to them; within each the order of the walk. What was found comes last. */
export function sectionsOf(homes: Iterable<Household>, order: string[] = []): Section[] {
  const sections = new Map<string, Section>();
  for (const home of homes) {
    const key = keyOf(home);
    const section = sections.get(key);
    if (section) section.homes.push(home);
    else
      sections.set(key, {
        key,
        area: home.area,
        building: isFlat(home) ? home.building : "",
        unit: isFlat(home) ? home.unit : "",
        group: home.group,
        homes: [home],
      });
  }
  const all = [...sections.values()];
  if (order.length) walk(all, order);
  return [...all.filter((each) => !isFoundKey(each.key)), ...all.filter((each) => isFoundKey(each.key))];
}

const isFoundKey = (key: string) => key.startsWith(FOUND);

function keyOf(home: Household): string {
  if (home.code.startsWith(FOUND)) return `${FOUND}${home.area}`;
  return isFlat(home) ? `${home.area}|${home.building}|${home.unit}` : `${home.area}||${home.group}`;
}

/** Puts the doors of each section into the order of the walk; the order is read once, however many sections there are. */
function walk(sections: Section[], order: string[]): void {
  const place = new Map(sections.flatMap((section) => section.homes.map((home) => [home.code, { section, home }] as const)));
  const steps = new Map<Section, string[]>();
  for (const code of order) {
    const section = place.get(code)?.section;
    if (!section) continue;
    const codes = steps.get(section);
    if (codes) codes.push(code);
    else steps.set(section, [code]);
  }
  for (const [section, codes] of steps)
    section.homes = walkingOrder(
      section.homes.map((home) => home.code),
      codes,
    ).map((code) => place.get(code)!.home);
}

/** The floors of a stairway from the top down, the flats of each by number. A floor without a number comes last. */
export function floorsOf(homes: Household[]): Floor[] {
  const floors = new Map<string, Household[]>();
  for (const home of homes) floors.set(home.floor, [...(floors.get(home.floor) ?? []), home]);
  const height = (floor: string) => Number.parseInt(floor, 10);
  return [...floors]
    .map(([floor, flats]) => ({ floor, homes: flats.sort((one, other) => one.flat.localeCompare(other.flat, "zh", { numeric: true })) }))
    .sort((one, other) => (height(other.floor) || -99) - (height(one.floor) || -99));
}

const counted = (value: string, en: string, zh: string): Text =>
  /^-?\d+$/.test(value) ? t(`${en} ${value}`, `${value}${zh}`) : t(value, value);

export const floorName = (floor: string) => counted(floor, "Floor", "层");
export const unitName = (unit: string) => counted(unit, "Unit", "单元");

/** What a section is called, after the name of its area where there are several. */
export function sectionName(section: Section, area: string): Text {
  const name = plainName(section, area);
  return area && (section.group || section.building || isFoundKey(section.key)) ? t(`${area} · ${name.en}`, `${area} · ${name.zh}`) : name;
}

function plainName(section: Section, area: string): Text {
  if (isFoundKey(section.key)) return t("Added, on no list", "名册外新增");
  if (section.building)
    return section.unit
      ? t(`${section.building} · ${unitName(section.unit).en}`, `${section.building} ${unitName(section.unit).zh}`)
      : t(section.building, section.building);
  if (section.group) return counted(section.group, "Group", "组");
  return area ? t(area, area) : t("Other doors", "其他住户");
}

/** The fewest signs by which a door is known: number of the flat, or landmark and house number, and who lives there. */
export function doorName(home: Household): string {
  const where = isFlat(home)
    ? [home.unit && say(unitName(home.unit)), home.flat].filter(Boolean).join(" ")
    : home.head
      ? ""
      : whereOf(home);
  return [where, home.head].filter(Boolean).join(" · ") || home.code.slice(-6);
}
