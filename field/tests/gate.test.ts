import { describe, expect, test } from "vitest";
import { type GateRules, type Seen, countsOf, degrees, shiftStart, verdictOf } from "../src/work/gate";
import { ageOn } from "../src/work/people";
import { kept, voided } from "./records";

const NOW = Date.parse("2022-03-18T12:00:00+08:00");
const COVID: GateRules = { pack: "cn-covid-2022-v9", fever_c: 37.3, windows_h: [24, 48, 72], within_h: 24, validity_from: "report", exempt_age_under: 3 };
const MEASLES: GateRules = { pack: "generic-measles", fever_c: undefined, windows_h: [], within_h: 0, validity_from: "report", exempt_age_under: undefined };

describe("the verdict at a gate", () => {
  test.each<[string, Seen, string | undefined]>([
    ["nothing is known", {}, undefined],
    ["no fever, the test still to be asked for", { temperature: 36.5 }, undefined],
    ["no fever, within 24 h", { temperature: 36.5, tested: { within_h: 24 } }, "admitted"],
    ["no fever, within 48 h where 24 are asked for", { temperature: 36.5, tested: { within_h: 48 } }, "turned_away"],
    ["exactly 24 h", { temperature: 36.5, tested: { at: "2022-03-17T12:00:00+08:00" } }, "admitted"],
    ["a minute more", { temperature: 36.5, tested: { at: "2022-03-17T11:59:00+08:00" } }, "turned_away"],
    ["a time to come", { temperature: 36.5, tested: { at: "2022-03-18T12:01:00+08:00" } }, undefined],
    ["older", { temperature: 36.5, tested: "older" }, "turned_away"],
    ["none", { temperature: 36.5, tested: "none" }, "turned_away"],
    ["the limit itself is fever", { temperature: 37.3, tested: { within_h: 24 } }, "referred"],
    ["just below", { temperature: 37.2, tested: { within_h: 24 } }, "admitted"],
    ["fever comes before the test", { temperature: 38, tested: "none" }, "referred"],
    ["a small child needs no test", { temperature: 36.5, isExempt: true }, "admitted"],
    ["a small child with fever", { temperature: 38, isExempt: true }, "referred"],
    ["perhaps under three, by the year", { temperature: 36.5, age: { least: 2, most: 3 } }, "admitted"],
    ["three", { temperature: 36.5, age: { least: 3, most: 4 }, tested: "none" }, "turned_away"],
    ["care, whatever else", { emergency: true, temperature: 40, tested: "none" }, "admitted"],
    ["care, and nothing measured", { emergency: true }, "admitted"],
  ])("%s", (_name, seen, decision) => {
    expect(verdictOf(seen, COVID, NOW).decision).toBe(decision);
  });

  test("says the rule and its values, in both languages, and gives the reason for the record", () => {
    expect(verdictOf({ temperature: 36.5, tested: { within_h: 48 } }, COVID, NOW).reason).toEqual({ en: "The test is within 48 h. Asked for: within 24 h.", zh: "核酸在 48 小时内，要求 24 小时内。" });
    expect(verdictOf({ temperature: 37.8 }, COVID, NOW).reason).toEqual({ en: "Fever: 37.8 °C, limit 37.3 °C", zh: "发热：37.8℃，标准 37.3℃" });
  });

  test("a gate may ask for another window of the pack", () => {
    expect(verdictOf({ temperature: 36.5, tested: { within_h: 48 } }, { ...COVID, within_h: 72 }, NOW).decision).toBe("admitted");
  });

  test("a pack that asks nothing admits", () => {
    expect(verdictOf({}, MEASLES, NOW).decision).toBe("admitted");
    expect(verdictOf({}, { ...MEASLES, fever_c: 37.3 }, NOW).decision).toBeUndefined();
  });
});

test.each([["365", 36.5], ["36.5", 36.5], ["３７３", 37.3], ["36", undefined], ["99", undefined], ["123", undefined], ["", undefined]])("typed %s is %s °C", (text, read) => {
  expect(degrees(text)).toBe(read);
});

test.each([
  [2020, { least: 1, most: 2 }],
  ["2019-03-18", { least: 3, most: 3 }],
  ["2019-03-19", { least: 2, most: 2 }],
  [0, undefined],
])("born %s, the age on 18 March 2022", (born, age) => {
  expect(ageOn(born, "2022-03-18")).toEqual(age);
});

describe("the counts of a shift", () => {
  const car = (place = "CP1", at?: string, data = {}) => kept({ kind: "checkpoints.vehicle_checked", place, data: { vehicle: "car", decision: "admitted", ...data } }, at);

  test("are of this gate since the shift began, without what was taken back", () => {
    const wrong = car();
    const own = [car(), car("CP2"), car("CP1", "2022-03-17T09:00:00+08:00"), wrong, voided(wrong), car("CP1", undefined, { vehicle: "vessel", decision: "turned_away" }), kept({ kind: "checkpoints.person_checked", place: "CP1", data: { decision: "referred" } })];
    const counts = countsOf(own, "CP1", Date.parse("2022-03-18T00:00:00+08:00"));
    expect([[...counts.vehicles], counts.persons, counts.refused]).toEqual([[["car", 1], ["vessel", 1]], 1, 2]);
  });

  test("count by the server's clock where the phone's is wrong", () => {
    const wrong = car("CP1", "2012-03-18T09:12:00+08:00");
    wrong.said.clock_error = 3_653 * 86_400;
    expect(countsOf([wrong], "CP1", Date.parse("2022-03-18T00:00:00+08:00")).vehicles.get("car")).toBe(1);
  });

  test("begin with the sign-in of this worker, else with the day", () => {
    const midnight = Date.parse("2022-03-18T00:00:00+08:00");
    const evening = kept({ kind: "workforce.signed_in" }, "2022-03-17T22:00:00+08:00");
    expect(shiftStart([], "W1", midnight, NOW)).toBe(midnight);
    expect(shiftStart([evening], "W1", midnight, NOW)).toBe(Date.parse("2022-03-17T22:00:00+08:00"));
    expect(shiftStart([evening], "W2", midnight, NOW)).toBe(midnight);
  });
});
