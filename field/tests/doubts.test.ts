import { describe, expect, test } from "vitest";
import type { Campaign, Person } from "../src/work/assignment";
import { type Facts, doubtOf } from "../src/work/doubts";
import { poolsOf } from "../src/work/pool";
import type { Kept } from "../src/store/outbox";
import { kept } from "./records";

const ROUND: Campaign = { code: "r1", kind: "testing.round", name: "", area: "1", from: "2022-03-18T00:00:00+08:00", to: "2022-03-19T00:00:00+08:00", subject: "person", due: null, excused: ["e"] };
const NOW = Date.parse("2022-03-18T12:00:00+08:00");

function facts(own: Kept[] = [], rest: Partial<Facts> = {}): Facts {
  return { campaign: ROUND, reach: new Map(), pools: poolsOf(own), own, doses: new Map(), rules: { post_vaccination_wait_h: 48, exempt_age_under: 3 }, now: NOW, today: "2022-03-18", ...rest };
}

function person(rest: Partial<Person> = {}): Person {
  return { code: "p", household: "", area: "1", name: "", phone: "", tail: "", mark: "", born: 1960, sex: "", category: "", relation: "", tags: [], folded: "", ...rest };
}

const swab = (round: string) => kept({ kind: "testing.sampled", person: "p", data: { tube: "T1", pool: 10, round } });

describe("what speaks against a swab", () => {
  test("nothing, as a rule", () => {
    expect(doubtOf("p", person(), facts())).toBeUndefined();
    expect(doubtOf("unknown", undefined, facts())).toBeUndefined();
  });

  test("the same round on this phone, with when and into which tube; not another round", () => {
    expect(doubtOf("p", person(), facts([swab("r1")]))).toEqual({ why: "again", at: "2022-03-18T01:12:00.000Z", tube: "T1" });
    expect(doubtOf("p", person(), facts([swab("r0")]))).toBeUndefined();
  });

  test("the same round elsewhere, as the server told", () => {
    const reach = new Map([["p", { outcome: "sampled", reached: true, tries: 1, at: "2022-03-18T01:00:00Z", mine: false }]]);
    expect(doubtOf("p", person(), facts([], { reach }))).toEqual({ why: "again", at: "2022-03-18T01:00:00Z", tube: "" });
  });

  test("who is excused", () => {
    expect(doubtOf("e", person({ code: "e" }), facts())).toEqual({ why: "excused" });
  });

  test.each([
    ["2022-03-16T12:00:01+08:00", true],
    ["2022-03-16T12:00:00+08:00", false],
    ["2022-03-15T09:00:00+08:00", false],
  ])("a dose of %s: %s", (at, doubted) => {
    const dose = kept({ kind: "vaccination.given", person: "p", data: { dose: 2 } }, at);
    expect(doubtOf("p", person(), facts([dose]))?.why === "vaccinated").toBe(doubted);
  });

  test.each([
    ["2022-03-16", true], // perhaps in the evening of that day
    ["2022-03-14", false],
  ])("a tag of the bare day %s: %s", (day, doubted) => {
    expect(doubtOf("p", person({ tags: [`vaccinated:${day}`] }), facts())?.why === "vaccinated").toBe(doubted);
  });

  test("a dose of which only the server knows", () => {
    expect(doubtOf("p", person(), facts([], { doses: new Map([["p", "2022-03-17T01:00:00Z"]]) }))?.why).toBe("vaccinated");
    expect(doubtOf("p", person(), facts([], { doses: new Map([["q", "2022-03-17T01:00:00Z"]]) }))).toBeUndefined();
  });

  test("a pack without a wait or an age asks for none", () => {
    const dose = kept({ kind: "vaccination.given", person: "p", data: { dose: 2 } }, "2022-03-18T11:00:00+08:00");
    const silent = { rules: { post_vaccination_wait_h: undefined, exempt_age_under: undefined } };
    expect(doubtOf("p", person({ born: 2021 }), facts([dose], silent))).toBeUndefined();
  });

  test.each([
    [2020, true],
    [2019, false], // two or three: not sure, so nobody is held up
    [0, false],
  ])("born in %i: %s", (born, doubted) => {
    expect(doubtOf("p", person({ born }), facts())?.why === "exempt").toBe(doubted);
  });
});
