import { expect, test } from "vitest";
import { problems, toData } from "../src/forms/values";
import { t } from "../src/kit/text";
import type { Field, Shape } from "../src/work/assignment";
import { isInsideAnApp } from "../src/work/fitness";

function shape(fields: Partial<Field>[]): Shape {
  const plain = { label: t("A", "甲"), required: false, choices: [], unit: null, help: null, min: null, max: null, many: false, personal: false };
  return { fields: fields.map((field) => ({ ...plain, name: field.type!, ...field })) } as unknown as Shape;
}

test("a day is said without an hour, a moment with the phone's offset", () => {
  const data = toData(shape([{ type: "day" }, { type: "moment" }]), { day: "2022-03-18", moment: "2022-03-18T08:30" });
  expect(data.day).toBe("2022-03-18");
  expect(data.moment).toMatch(/^2022-03-18T08:30:00.000[+-]\d\d:\d\d$/);
});

test("a yes or no that must be said is asked for, and is never made up", () => {
  const asked = shape([{ type: "boolean", required: true }]);
  expect(problems(asked, {}).boolean?.en).toBe("Please answer.");
  expect(problems(asked, { boolean: false })).toEqual({});
  expect([toData(asked, {}), toData(asked, { boolean: false })]).toEqual([{}, { boolean: false }]);
});

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
test.each([
  ["Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/110 MicroMessenger/8.0.40", false, true],
  ["Mozilla/5.0 (Linux; Android 13; M2; wv) AppleWebKit/537.36 Chrome/110 Mobile Safari/537.36", false, true],
  ["Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/110 Mobile Safari/537.36", false, false],
  [`${IPHONE} Mobile/15E148`, false, true],
  [`${IPHONE} Mobile/15E148`, true, false],
  [`${IPHONE} Version/17.0 Mobile/15E148 Safari/604.1`, false, false],
  [`${IPHONE} CriOS/120 Mobile/15E148 Safari/604.1`, false, false],
])("%s, from the home screen %s: inside another app %s", (agent, standsAlone, inside) => {
  expect(isInsideAnApp(agent, standsAlone)).toBe(inside);
});
