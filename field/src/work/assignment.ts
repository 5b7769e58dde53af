// What the server gave this phone to work with, taken apart once and kept in memory while the phone is unlocked.
import { normal } from "../kit/fold";
import type { Text } from "../kit/text";
import type { ReachRow } from "../store/parts";

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
  type: "text" | "integer" | "number" | "boolean" | "choice" | "moment" | "names";
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

export class Assignment {
  readonly worker: Worker | undefined;
  readonly pack: Pack;
  readonly areas: Map<string, Area>;
  readonly places: Place[];
  readonly campaigns: Campaign[];
  readonly shapes: Map<string, Shape>;
  readonly households = new Map<string, Household>(); // in walking order
  readonly persons = new Map<string, Person>();
  readonly byMark = new Map<string, Person>();
  readonly reach: ReachRow[];

  constructor(parts: Map<string, unknown>) {
    const part = <Content>(name: string, otherwise: Content) => (parts.get(name) ?? otherwise) as Content;
    this.worker = part<Worker | undefined>("worker", undefined);
    this.pack = part<Pack>("pack", { name: "", disease: { en: "", zh: "" }, offset: "+08:00", features: [], values: {} });
    this.areas = new Map(part<[string, string, string, string][]>("areas", []).map(([code, name, parent, level]) => [code, { code, name, parent, level }]));
    this.places = part<[string, string, string, string][]>("places", []).map(([code, category, name, area]) => ({ code, category, name, area }));
    this.campaigns = part<Campaign[]>("campaigns", []);
    this.shapes = new Map(part<Shape[]>("shapes", []).map((shape) => [shape.kind, shape]));
    this.reach = part<ReachRow[]>("reach", []);
    for (const [name, content] of parts) if (name.startsWith("register:")) this.#register(name.slice(9), content as Register);
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

  #register(area: string, content: Register): void {
    for (const [code, address, landmark, building, unit, floor, flat, group, name = ""] of content.households) {
      this.households.set(code, { code, area, address, landmark, building, unit, floor, flat, group, head: name, persons: [] });
    }
    for (const [code, household, name, phone, tail, mark, born, sex, category, relation, tags] of content.persons) {
      const person = { code, household, area, name, phone, tail, mark, born, sex, category, relation, tags, folded: normal(name) };
      this.persons.set(code, person);
      if (mark) this.byMark.set(mark, person);
      const home = this.households.get(household);
      if (!home) continue;
      home.persons.push(person);
      if (!home.head || relation === "户主") home.head = name;
    }
  }
}

interface Register {
  households: [string, string, string, string, string, string, string, string, string?][];
  persons: [string, string, string, string, string, string, number, string, string, string, string[]][];
}
