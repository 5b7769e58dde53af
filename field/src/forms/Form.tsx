// The form of any kind, drawn from its shape: a new kind needs no line of code here.
import { useState } from "preact/hooks";
import { type Text, say, t } from "../kit/text";
import { useDuty } from "../parts/hooks";
import { Button, Notice, Page } from "../parts/parts";
import { act, useBusy } from "../parts/press";
import { back } from "../parts/route";
import { saved } from "../parts/toast";
import type { Saying } from "../store/outbox";
import type { Reference, Shape } from "../work/assignment";
import * as duty from "../work/duty";
import { Input } from "./Input";
import { Choose } from "./Choose";
import { useDraft } from "./draft";
import { type Values, problems, toData } from "./values";

/** The form of `args.kind`; what is known already (`household`, `person`, `place`, `area`, `data` as JSON) is not asked again. */
export function KindForm(props: { args: Record<string, string> }) {
  const { assignment } = useDuty();
  const shape = assignment.shapes.get(props.args.kind ?? "");
  if (!shape) {
    return (
      <Page title={t("Not here", "未找到")}>
        <Notice tone="watch">{say(t("This sort of record is not part of your work today.", "您今天的工作中没有这类登记。"))}</Notice>
      </Page>
    );
  }
  return <Filled shape={shape} args={props.args} />;
}

interface Draft {
  values: Values;
  about: Partial<Record<Reference, string>>;
}

function Filled(props: { shape: Shape; args: Record<string, string> }) {
  const { assignment } = useDuty();
  const { shape, args } = props;
  const [draft, setDraft] = useDraft<Draft>(`form ${JSON.stringify(args)}`, {
    values: args.data ? (JSON.parse(args.data) as Values) : {},
    about: given(args, assignment.worker?.place),
  });
  const { values, about } = draft;
  const [wrong, setWrong] = useState<Record<string, Text>>({});
  const [busy, during] = useBusy();
  const save = async () => {
    const found = { ...problems(shape, values), ...missing(shape, about) };
    setWrong(found);
    if (Object.keys(found).length)
      return document.querySelector<HTMLElement>("[aria-invalid=true], .field .error")?.scrollIntoView({ block: "center" });
    const saying: Saying = { kind: shape.kind, area: areaOf(about, args, assignment), ...about, data: toData(shape, values) };
    await during(async () => {
      const kept = await duty.say(saying);
      saved(t("Saved: {what}", "已保存：{what}", { what: say(shape.label) }), [kept]);
      back();
    });
  };
  const asked = [...new Set([...shape.needs, ...shape.one_of])].filter((each) => !given(args)[each]);
  return (
    <Page title={shape.label}>
      {Object.keys(wrong).length > 0 && <Notice tone="bad">{say(t("Something is missing or wrong; see below.", "有内容漏填或有误，请看下方。"))}</Notice>}
      {asked.map((reference) => (
        <Choose
          key={reference}
          reference={reference}
          chosen={about[reference] ?? ""}
          onChoose={(code) => setDraft({ values, about: { ...about, [reference]: code } })}
          error={wrong[reference]}
        />
      ))}
      {shape.fields.map((field) => (
        <Input
          key={field.name}
          field={field}
          value={values[field.name]}
          error={wrong[field.name]}
          onChange={(value) => setDraft({ about, values: { ...values, [field.name]: value } })}
        />
      ))}
      <Button kind="primary wide" onPress={() => act(save())} disabled={busy}>
        {say(t("Save", "保存"))}
      </Button>
    </Page>
  );
}

function given(args: Record<string, string>, post = ""): Partial<Record<Reference, string>> {
  const found: Partial<Record<Reference, string>> = {};
  for (const reference of ["person", "household", "place"] as const) if (args[reference]) found[reference] = args[reference];
  if (post && !found.place) found.place = post;
  return found;
}

function missing(shape: Shape, about: Partial<Record<Reference, string>>): Record<string, Text> {
  const found: Record<string, Text> = {};
  for (const reference of shape.needs) if (!about[reference]) found[reference] = t("Choose one.", "请选择。");
  const first = shape.one_of[0];
  if (first && !shape.one_of.some((reference) => about[reference])) found[first] = t("Choose one of these.", "请至少选择一项。");
  return found;
}

/** The area in which it happened: that of the household, person or place; else the worker's own. */
export function areaOf(
  about: Partial<Record<Reference, string>>,
  args: Record<string, string>,
  assignment: duty.Duty["assignment"],
): string {
  return (
    args.area ||
    assignment.households.get(about.household ?? "")?.area ||
    assignment.persons.get(about.person ?? "")?.area ||
    assignment.place(about.place ?? "")?.area ||
    assignment.worker?.area ||
    ""
  );
}
