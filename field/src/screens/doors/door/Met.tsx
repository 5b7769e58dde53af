// Somebody was met: the details, all of which may stay empty. Saving opens the next door.
import { useEffect, useState } from "preact/hooks";
import { Input } from "../../../forms/Input";
import { useDraft } from "../../../forms/draft";
import { type Values, problems, toData } from "../../../forms/values";
import { type Text, currentLanguage, say, t } from "../../../kit/text";
import { Button, Page } from "../../../parts/parts";
import { act, useBusy } from "../../../parts/press";
import type { Field, Household, Shape } from "../../../work/assignment";
import { Gone } from "../Gone";
import { closeInto } from "../sweep/leave";
import { doorName } from "../../../work/sweep/sections";
import type { Sweep } from "../../../work/sweep/sweep";
import { useSweep } from "../sweep/useSweep";
import { VISITED, keepVisits, placeAfter, returnTo } from "../sweep/visit";

/** What is asked for most: one tap instead of typing. */
const NEEDS = [
  t("medicine", "药品"),
  t("seeing a doctor", "就医"),
  t("food", "食品"),
  t("care", "照护"),
  t("fuel or heating", "取暖"),
  t("help with repairs", "维修"),
];

export function Met(props: { args: Record<string, string> }) {
  const { args } = props;
  const { sweep, ready } = useSweep(args.campaign);
  const home = sweep?.assignment.households.get(args.household ?? "");
  const shape = sweep?.assignment.shapes.get(VISITED);
  if (!ready) return null;
  return sweep && home && shape ? <Details sweep={sweep} home={home} shape={withoutOutcome(shape)} args={args} /> : <Gone />;
}

function withoutOutcome(shape: Shape): Shape {
  return { ...shape, fields: shape.fields.filter((field) => field.name !== "outcome").map((field) => ({ ...field, required: false })) };
}

function Details(props: { sweep: Sweep; home: Household; shape: Shape; args: Record<string, string> }) {
  const { sweep, home, shape, args } = props;
  const [values, setValues] = useDraft<Values>(`met ${home.code}`, {});
  const [wrong, setWrong] = useState<Record<string, Text>>({});
  const [busy, during] = useBusy();
  useEffect(() => {
    if (args.to) document.getElementById(`field-${args.to}`)?.scrollIntoView({ block: "center" });
  }, []);
  const save = async () => {
    const found = problems(shape, values);
    setWrong(found);
    if (Object.keys(found).length) return document.querySelector<HTMLElement>("[aria-invalid=true]")?.scrollIntoView({ block: "center" });
    const next = placeAfter(sweep, home.code, args.again);
    await during(async () => {
      if (await keepVisits(sweep, [home], { outcome: "met", ...toData(shape, values) }, returnTo(sweep, home, args.again)))
        closeInto(...next);
    });
  };
  const button = (
    <Button kind="primary wide save" onPress={() => act(save())} disabled={busy}>
      {say(t("Save, next door", "保存，下一户"))}
    </Button>
  );
  return (
    <Page title={t(`Met: ${doorName(home)}`, `已见面：${doorName(home)}`)}>
      <div class="door">
        {button}
        <p class="small quiet details">{say(t("Details, as far as there are any:", "如有情况，请在下方登记："))}</p>
        {shape.fields.map((field) => (
          <div id={`field-${field.name}`} key={field.name}>
            {field.name === "needs" && <Needs value={values.needs} onChange={(needs) => setValues({ ...values, needs })} />}
            <Input
              field={labelled(field)}
              value={values[field.name]}
              error={wrong[field.name]}
              onChange={(value) => setValues({ ...values, [field.name]: value })}
            />
          </div>
        ))}
        {button}
      </div>
    </Page>
  );
}

/** Under the buttons of common needs the field is for all others. */
function labelled(field: Field): Field {
  return field.name === "needs" ? { ...field, label: t("Needs, in words", "困难需求（可填写）") } : field;
}

function Needs(props: { value: Values[string]; onChange: (needs: string) => void }) {
  const comma = currentLanguage() === "zh" ? "、" : ", ";
  const now = String(props.value ?? "").split(/[,，、;；]+/).map((each) => each.trim()).filter(Boolean);
  return (
    <fieldset class="needs">
      <legend class="strong">{say(t("Needs", "困难需求"))}</legend>
      <div class="choices">
        {NEEDS.map((need) => {
          const word = say(need);
          const on = now.includes(word);
          return (
            <button
              key={word}
              type="button"
              class={`button ${on ? "chosen" : ""}`}
              aria-pressed={on}
              onClick={() => props.onChange((on ? now.filter((each) => each !== word) : [...now, word]).join(comma))}
            >
              {word}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
