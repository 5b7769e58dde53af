// What the server gave this phone to work with, taken apart once and kept in memory while the phone is unlocked.
import { normal } from "../kit/fold";
import type { Text } from "../kit/text";
import type { ReachRow } from "../store/parts";
import { type DeliveryRow, type DoseRow, type IsolationRow, NO_TASK, type Task } from "./tasks";

/** The codes of households and persons whom no list knew begin so. */
export const FOUND = "found:";

export interface Worker {
  code: string;
  name: string;
  role: string;
  role_name: Text;
  unit: string;
  team: string;
  area: string;
  area_name: string;
  place: string;
  until: string;
  work: string[];
  marks: string;
}

export interface Pack {
  name: string;
  disease: Text;
  offset: string;
  features: string[];
  values: Record<string, unknown>;
}

export interface Field {
  name: string;
  label: Text;
  type: "text" | "integer" | "number" | "boolean" | "choice" | "moment" | "day" | "names";
  required: boolean;
  choices: [string | number, Text][];
  unit: Text | null;
  help: Text | null;
  min: number | null;
  max: number | null;
  many: boolean;
  personal: boolean;
}

export type Reference = "person" | "household" | "place";

export interface Shape {
  kind: string;
  label: Text;
  measure: string;
  measure_label: Text;
  needs: Reference[];
  one_of: Reference[];
  may: Reference[];
  whereabouts: boolean;
  health: boolean;
  work: string;
  fields: Field[];
}

export interface Campaign {
  code: string;
  kind: string;
  name: string;
  area: string;
  from: string;
  to: string;
  subject: Reference;
  due: string[] | null;
  excused: string[];
}

export interface Area {
  code: string;
  name: string;
  parent: string;
  level: string;
}

export interface Place {
  code: string;
  category: string;
  name: string;
  area: string;
}

export interface Household {
  code: string;
  area: string;
  address: string;
  landmark: string;
  building: string;
  unit: string;
  floor: string;
  flat: string;
  group: string;
  head: string; // the name by which people know the household
  persons: Person[];
}

export interface Person {
  code: string;
  household: string;
  area: string;
  name: string;
  phone: string;
  tail: string; // the last four of the ID number
  mark: string;
  born: number;
  sex: string;
  category: string;
  relation: string;
  tags: string[];
  folded: string; // the name as it is searched
}

type Areas = Map<string, Area>;

interface Residents {
  households: Household[];
  persons: Person[];
}

const NO_PACK: Pack = { name: "", disease: { en: "", zh: "" }, offset: "+08:00", features: [], values: {} };
const REGISTER = "register:";

export class Assignment {
  readonly worker: Worker | undefined;
  readonly pack: Pack;
  readonly areas: Areas;
  readonly places: Place[];
  readonly campaigns: Campaign[];
  readonly shapes: Map<string, Shape>;
  readonly households: Map<string, Household>; // in walking order
  readonly persons: Map<string, Person>;
  readonly byMark: Map<string, Person>;
  readonly reach: ReachRow[];
  readonly deliveries: Task<DeliveryRow>;
  readonly isolation: Task<IsolationRow>;
  readonly doses: Task<DoseRow>;
  readonly registers: Map<string, Residents>; // by area

  /** Takes the parts apart. What `before` had and is neither new nor gone stays the very same object: whoever made something of it
   * need not make it again, and twenty thousand persons are not read anew because one door was knocked at. */
  constructor(parts: Map<string, unknown>, before?: Assignment, gone: string[] = []) {
    const part = <Content, Read>(name: string, otherwise: Read, read: (content: Content) => Read, kept: Read | undefined): Read => {
      if (parts.has(name)) return read(parts.get(name) as Content);
      return kept === undefined || gone.includes(name) ? otherwise : kept;
    };
    this.worker = part<Worker, Worker | undefined>("worker", undefined, same, before?.worker);
    this.pack = part("pack", NO_PACK, same<Pack>, before?.pack);
    this.areas = part("areas", new Map(), areasOf, before?.areas);
    this.places = part("places", [], placesOf, before?.places);
    this.campaigns = part("campaigns", [], same<Campaign[]>, before?.campaigns);
    this.shapes = part("shapes", new Map(), shapesOf, before?.shapes);
    this.reach = part("reach", [], same<ReachRow[]>, before?.reach);
    this.deliveries = part("deliveries", NO_TASK, same<Task<DeliveryRow>>, before?.deliveries);
    this.isolation = part("isolation", NO_TASK, same<Task<IsolationRow>>, before?.isolation);
    this.doses = part("round", NO_TASK, same<Task<DoseRow>>, before?.doses);
    const isRegister = (name: string) => name.startsWith(REGISTER);
    if (before && ![...parts.keys(), ...gone].some(isRegister)) {
      ({ registers: this.registers, households: this.households, persons: this.persons, byMark: this.byMark } = before);
      return;
    }
    this.registers = new Map([...(before?.registers ?? [])].filter(([area]) => !gone.includes(REGISTER + area)));
    for (const [name, content] of parts) {
      const area = name.slice(REGISTER.length);
      if (isRegister(name)) this.registers.set(area, residentsOf(area, content as Register));
    }
    const all = [...this.registers.values()];
    this.households = new Map(all.flatMap(({ households }) => households.map((each) => [each.code, each] as const)));
    this.persons = new Map(all.flatMap(({ persons }) => persons.map((each) => [each.code, each] as const)));
    this.byMark = new Map([...this.persons.values()].filter((each) => each.mark).map((each) => [each.mark, each] as const));
  }

  /** The value of the pack in force under a dotted name; undefined where it has none. */
  value<Value>(dotted: string): Value | undefined {
    let found: unknown = this.pack.values;
    for (const name of dotted.split(".")) found = (found as Record<string, unknown> | undefined)?.[name];
    return found as Value | undefined;
  }

  has(feature: string): boolean {
    return this.pack.features.includes(feature);
  }

  does(work: string): boolean {
    return this.worker?.work.includes(work) ?? false;
  }

  place(code: string): Place | undefined {
    return this.places.find((place) => place.code === code);
  }

  areaName(code: string): string {
    return this.areas.get(code)?.name ?? code;
  }
}

interface Register {
  households: [string, string, string, string, string, string, string, string, string?][];
  persons: [string, string, string, string, string, string, number, string, string, string, string[]][];
}

const same = <Content>(content: Content): Content => content;

function areasOf(rows: [string, string, string, string][]): Areas {
  return new Map(rows.map(([code, name, parent, level]) => [code, { code, name, parent, level }]));
}

function placesOf(rows: [string, string, string, string][]): Place[] {
  return rows.map(([code, category, name, area]) => ({ code, category, name, area }));
}

function shapesOf(shapes: Shape[]): Map<string, Shape> {
  return new Map(shapes.map((shape) => [shape.kind, shape]));
}

function residentsOf(area: string, content: Register): Residents {
  const households = content.households.map(([code, address, landmark, building, unit, floor, flat, group, name = ""]): Household => {
    return { code, area, address, landmark, building, unit, floor, flat, group, head: name, persons: [] };
  });
  const homes = new Map(households.map((home) => [home.code, home]));
  const persons = content.persons.map(
    ([code, household, name, phone, tail, mark, born, sex, category, relation, tags]): Person => {
      return { code, household, area, name, phone, tail, mark, born, sex, category, relation, tags, folded: normal(name) };
    },
  );
  for (const person of persons) {
    const home = homes.get(person.household);
    if (!home) continue;
    home.persons.push(person);
    if (!home.head || person.relation === "户主") home.head = person.name;
  }
  return { households, persons };
}
