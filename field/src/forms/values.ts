// What was entered into a form, checked against the shape, and as the record's data.
import { local } from "../kit/clock";
import { type Text, t } from "../kit/text";
import type { Field, Shape } from "../work/assignment";

export type Value = string | number | boolean | (string | number)[] | undefined;
export type Values = Record<string, Value>;

const empty = (value: Value) => value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** By field, what is wrong with it and what is allowed. */
export function problems(shape: Shape, values: Values): Record<string, Text> {
  const found: Record<string, Text> = {};
  for (const field of shape.fields) {
    const value = values[field.name];
    if (empty(value)) {
      if (field.required) found[field.name] = t("Please answer.", "请填写。");
    } else {
      const wrong = problem(field, value);
      if (wrong) found[field.name] = wrong;
    }
  }
  return found;
}

function problem(field: Field, value: Value): Text | undefined {
  if (field.many || (field.type !== "integer" && field.type !== "number")) return undefined;
  const number = Number(String(value).normalize("NFKC"));
  if (Number.isNaN(number)) return t("A number, please.", "请填数字。");
  if (field.type === "integer" && !Number.isInteger(number)) return t("A whole number, please.", "请填整数。");
  if (field.min !== null && number < field.min) return t("At least {n}.", "不能小于 {n}。", { n: field.min });
  if (field.max !== null && number > field.max) return t("At most {n}.", "不能大于 {n}。", { n: field.max });
  return undefined;
}

/** The data of the record: numbers as numbers, times with the phone's offset, what is empty left out. */
export function toData(shape: Shape, values: Values): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const field of shape.fields) {
    const value = values[field.name];
    if (!empty(value)) data[field.name] = plain(field, value);
  }
  return data;
}

function plain(field: Field, value: Value): unknown {
  if (Array.isArray(value)) return value;
  if (field.type === "integer" || field.type === "number") return Number(String(value).normalize("NFKC"));
  if (field.type === "moment" && String(value).length > 10) return local(Date.parse(String(value)));
  if (field.many) return String(value).split(/[,，、;；\n]+/).map((each) => each.trim()).filter(Boolean);
  return typeof value === "string" ? value.trim() : value;
}
