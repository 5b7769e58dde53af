// What else belongs to a table: tubes that leave, the site's opening and closing, another setting.
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Button } from "../../parts/parts";
import { go } from "../../parts/route";
import type { Table } from "../../work/pool";

const FORMS = ["testing.site_opened", "testing.site_closed", "testing.environment_sampled"];
const LEAVE: Text = t("Hand tubes over", "样本交接");

export function Menu(props: { table: Table; change: () => void }) {
  const { assignment } = useDuty();
  const { place, round } = props.table;
  const forms = place ? FORMS.flatMap((kind) => assignment.shapes.get(kind) ?? []) : [];
  return (
    <>
      <h2>{say(t("The site", "采样点事务"))}</h2>
      <div class="stack">
        {assignment.shapes.has("testing.handed_over") && (
          <Button kind="wide" onPress={() => go("tubes", { place, round })}>
            {say(LEAVE)}
          </Button>
        )}
        {forms.map((shape) => (
          <Button key={shape.kind} kind="wide" onPress={() => go("form", { kind: shape.kind, place })}>
            {say(shape.label)}
          </Button>
        ))}
        <Button kind="wide" onPress={props.change}>
          {say(t("Set the table anew", "重新设置采样台"))}
        </Button>
      </div>
    </>
  );
}
