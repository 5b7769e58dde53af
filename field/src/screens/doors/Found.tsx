// A household or a person whom no list knows: told in a few words, on the phone at once, and due like everybody.
import { useState } from "preact/hooks";
import { Input } from "../../forms/Input";
import { useDraft } from "../../forms/draft";
import { type Values, problems, toData } from "../../forms/values";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Button, Notice, Page } from "../../parts/parts";
import { act } from "../../parts/press";
import { back, here, instead } from "../../parts/route";
import { saved, toast } from "../../parts/toast";
import type { Assignment, Field, Shape } from "../../work/assignment";
import { say as record } from "../../work/duty";
import { foundCode } from "../../work/found";
import { nameOf } from "../../work/people";
import { Gone } from "./Gone";

const OF_HOUSEHOLD = ["name", "landmark"];
const KNOWN = ["what", "household"]; // said by the door from which one came
const TELLING: Record<string, string[]> = { household: ["landmark", "name"], person: ["name", "id_no", "phone", "landmark"] };
const SEXES: Field["choices"] = [["男", t("man", "男")], ["女", t("woman", "女")]];

/** `args.what` is household or person; `household`, `area` and `campaign` as far as they are known. */
export function Found(props: { args: Record<string, string> }) {
  const { assignment } = useDuty();
  const shape = assignment.shapes.get("registry.found");
  return shape ? <Telling shape={shape} args={props.args} assignment={assignment} /> : <Gone />;
}

function Telling(props: { shape: Shape; args: Record<string, string>; assignment: Assignment }) {
  const { args, assignment } = props;
  const what = args.what === "household" ? "household" : "person";
  const shape = { ...props.shape, fields: fieldsOf(props.shape, what, Boolean(args.household)) };
  const areas = [...new Set([...assignment.households.values()].map((home) => home.area))];
  const [values, setValues] = useDraft<Values>(`found ${JSON.stringify(args)}`, {});
  const [area, setArea] = useState(args.area || (areas.length === 1 ? areas[0]! : ""));
  const [wrong, setWrong] = useState<Text | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const set = (name: string) => (value: Values[string]) => setValues({ ...values, [name]: value });
  const save = async () => {
    const data = toData(shape, values);
    const problem = problemOf(shape, values, what, area || assignment.worker?.area || "", data);
    setWrong(problem);
    if (problem) return;
    setBusy(true);
    try {
      const kept = await record({
        kind: shape.kind,
        area: area || assignment.worker!.area,
        data: { what, ...data, household: args.household },
      });
      const code = foundCode(kept.said);
      saved(
        what === "household"
          ? t("Household added. It is due from now on.", "已新增住户，纳入本轮走访。")
          : t("Person added.", "已新增人员。"),
        [kept],
        () => {
          if (here().args.household === code) back();
        },
      );
      if (what === "household" && args.campaign) instead("door", { campaign: args.campaign, household: code });
      else back();
    } catch {
      setBusy(false);
      toast(t("Not saved. Please try again.", "未能保存，请重试。"));
    }
  };
  return (
    <Page title={what === "household" ? t("A household not on the list", "新增名册外住户") : t("A person not on the list", "新增名册外人员")}>
      {wrong && <Notice tone="bad">{say(wrong)}</Notice>}
      {args.household && <p class="card strong">{nameOf(assignment, "household", args.household)}</p>}
      {!args.area && areas.length > 1 && <Areas assignment={assignment} areas={areas} chosen={area} onChoose={setArea} />}
      {shape.fields.map((field) =>
        field.name === "birth_date" ? (
          <label class="field" key={field.name}>
            <span>{say(field.label)}</span>
            <input type="date" value={String(values.birth_date ?? "")} onInput={(event) => set("birth_date")(event.currentTarget.value)} />
          </label>
        ) : (
          <Input key={field.name} field={field} value={values[field.name]} error={undefined} onChange={set(field.name)} />
        ),
      )}
      <Button kind="primary wide save" onPress={() => act(save())} disabled={busy}>
        {say(t("Save", "保存"))}
      </Button>
    </Page>
  );
}

/** The fields that are asked of a household or a person; where somebody lives, and what was found, is known. */
function fieldsOf(shape: Shape, what: string, hasHome: boolean): Field[] {
  const known = hasHome ? [...KNOWN, "landmark"] : KNOWN;
  const asked = shape.fields.filter((field) => (what === "household" ? OF_HOUSEHOLD.includes(field.name) : !known.includes(field.name)));
  if (what === "household") {
    const labels: Record<string, Text> = { name: t("Name of the family", "户主姓名"), landmark: t("How to find it", "位置说明（怎么找到）") };
    return asked.map((field) => ({ ...field, label: labels[field.name]! })).reverse();
  }
  return asked.map((field) => (field.name === "sex" ? { ...field, type: "choice", choices: SEXES } : field));
}

function problemOf(shape: Shape, values: Values, what: string, area: string, data: Record<string, unknown>): Text | undefined {
  if (Object.keys(problems(shape, values)).length) return t("Something is missing or wrong; see below.", "有内容漏填或有误，请看下方。");
  if (!area) return t("Choose the area first.", "请先选择所属区域。");
  if (TELLING[what]!.some((name) => data[name])) return undefined;
  return what === "household"
    ? t("Say how to find the household, or what the family is called.", "请填写位置说明或户主姓名。")
    : t("Say what the person is called, or their ID number or telephone.", "请填写姓名、证件号码或电话。");
}

function Areas(props: { assignment: Assignment; areas: string[]; chosen: string; onChoose: (area: string) => void }) {
  return (
    <label class="field">
      <span>{say(t("Area", "所属区域"))}</span>
      <select value={props.chosen} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        <option value="">{say(t("choose", "请选择"))}</option>
        {props.areas.map((area) => (
          <option key={area} value={area}>
            {props.assignment.areaName(area)}
          </option>
        ))}
      </select>
    </label>
  );
}
